// What can be gone through on the desk: every value of a document with its place, and the operations that change it.

// What is corrected most comes first: two keys lead from the opened document to another date.
const HEADER = ["symbol", "date", "issuer", "title", "doc_type", "place", "parent_issuer", "national_name", "motto"];
export const TYPES = ["DATE", "PERIOD", "TIME", "SESSION", "RATIO", "PERCENT", "MONEY", "QUANTITY", "DOCREF", "ORG", "PERSON", "PLACE"];

export function placeOf(value) {
  const place = { start: value.start, end: value.end };
  if (value.fragments) place.fragments = value.fragments;
  return place;
}

function shown(value) {
  const inner = value.normalized ?? value.name ?? value.value;
  if (inner !== null && typeof inner === "object") return inner.name ?? inner.symbol ?? inner.title ?? inner.position ?? "";
  return inner ?? "";
}

function field(name, value) {
  return {
    group: name.startsWith("header") ? "header" : "preamble", label: name, value, words: value ? value.text : null,
    note: value ? String(shown(value)) : "",
    accept: () => value && { op: "set_field", field: name, place: placeOf(value), value: kept(name, value) },
    reject: () => value && { op: "set_field", field: name, place: null },
    edit: (place, said) => ({ op: "set_field", field: name, place: place || (value && placeOf(value)), value: said || null }),
    editable: ["header.date", "header.symbol", "header.issuer", "header.parent_issuer", "header.title", "header.doc_type"].includes(name),
  };
}

function kept(name, value) {
  return value.normalized ?? value.name ?? value.value ?? null;
}

function item(list, label, value) {
  return {
    group: list === "recipients" ? "recipients" : "preamble", label, value, words: value.text, note: value.note || "",
    accept: () => ({ op: "change_item", list, new: placeOf(value), name: value.name, note: value.note, archive: value.archive }),
    reject: () => ({ op: "change_item", list, old: placeOf(value) }),
    edit: (place) => ({ op: "change_item", list, old: placeOf(value), new: place || placeOf(value) }),
  };
}

function entity(value) {
  const mentioned = () => ({ type: value.type, place: placeOf(value) });
  return {
    group: "entities", label: value.type, value, words: value.text, note: String(shown(value)), type: value.type,
    accept: () => ({ op: "change_entity", new: mentioned() }),
    reject: () => ({ op: "change_entity", old: mentioned() }),
    edit: (place, said, type) => ({
      op: "change_entity", old: mentioned(), new: { type, place: place || placeOf(value), ...(said ? { value: said } : {}) },
    }),
    editable: !["DOCREF", "ORG", "PERSON", "PLACE"].includes(value.type), alike: true,
  };
}

function section(value, depth, parents) {
  const place = { start: value.start, end: Math.min(value.end, value.start + 40) };
  return {
    group: "sections", label: value.label, value: { start: value.start, end: value.heading ? value.heading.end : place.end },
    words: value.heading ? value.heading.text : (value.paragraphs[0] || { text: "" }).text.slice(0, 120), depth, parents, place,
    reject: () => ({ op: "remove_section", section: place }),
    edit: (_, said) => ({ op: "relabel_section", section: place, number: said || value.number }), editable: true, note: "",
    current: value.number,
  };
}

function diagnostic(value) {
  const place = value.start === null ? null : { start: value.start, end: value.end };
  const judge = (verdict) => () => ({ op: "judge_diagnostic", code: value.code, place, verdict });
  return {
    group: "diagnostics", label: value.code, value: place, words: value.message, english: value.message_en,
    severity: value.severity, note: "", accept: judge("accepted"), reject: judge("dismissed"),
  };
}

function signature(block, index) {
  const parts = { authority: block.authority, position: block.position, name: block.name };
  const first = block.name || block.position || block.authority;
  const places = () => Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, part && placeOf(part)]));
  return {
    group: "signatures", label: String(index + 1), value: first,
    words: Object.values(parts).filter(Boolean).map((part) => part.text).join(" · "), note: "",
    accept: () => ({ op: "change_signature", old: placeOf(first), ...places() }),
    reject: () => ({ op: "change_signature", old: placeOf(first) }),
    edit: (place) => ({ op: "change_signature", old: placeOf(first), ...places(), ...(place ? { name: place } : {}) }),
  };
}

export function findingsOf(document_) {
  const found = HEADER.map((name) => field(`header.${name}`, document_.header[name]));
  for (const [index, name] of [["0", "enacting_body"], ["1", "formula"]]) {
    const one = field(`preamble.${name}`, document_.preamble[name]);
    if (index === "0") found.push(one, ...document_.preamble.bases.map((basis) => item("preamble.bases", "preamble.bases", basis)),
      ...document_.preamble.recitals.map((recital) => item("preamble.recitals", "preamble.recitals", recital)));
    else found.push(one);
  }
  const walk = (sections, depth, parents) => {
    for (const [at, one] of sections.entries()) {
      const entry = section(one, depth, parents);
      entry.before = at ? sections[at - 1] : null;
      found.push(entry);
      walk(one.children, depth + 1, [...parents, one]);
    }
  };
  walk(document_.body, 0, []);
  found.push(...document_.recipients.map((one) => item("recipients", "recipients", one)), ...document_.signatures.map(signature));
  found.push(...document_.diagnostics.map(diagnostic), ...document_.entities.map(entity));
  return found;
}

// Other places that a doubtful field may mean: the dates and symbols of the document, in its order.
export function candidatesOf(finding, document_) {
  const type = { "header.date": "DATE", "header.symbol": "DOCREF", "header.issuer": "ORG", "header.place": "PLACE" }[finding.label];
  if (!type) return [];
  const seen = new Set(finding.value ? [finding.value.text] : []);
  return document_.entities.filter((one) => one.type === type && !seen.has(one.text) && seen.add(one.text)).slice(0, 9);
}

export function moved(finding, inwards) {
  const label = (one) => one && { start: one.start, end: Math.min(one.end, one.start + 40) };
  if (inwards) return finding.before ? { op: "move_section", section: finding.place, under: label(finding.before) } : null;
  if (!finding.parents.length) return null;
  return { op: "move_section", section: finding.place, under: label(finding.parents.at(-2)) || null };
}
