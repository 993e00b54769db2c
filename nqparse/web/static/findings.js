// What can be gone through on the desk: every value of a document with its place, and the operations that change it.

import { FACTS, placeOfFact, writtenFact } from "./facts.js";
import { isSettled } from "./marks.js";
import { t } from "./texts.js";

// What is corrected most comes first: two keys lead from the opened document to another date.
const HEADER = ["symbol", "date", "issuer", "title", "doc_type", "place", "parent_issuer", "national_name", "motto"];
export const TYPES = ["DATE", "PERIOD", "TIME", "SESSION", "RATIO", "PERCENT", "MONEY", "QUANTITY", "DOCREF", "ORG", "PERSON", "PLACE"];
const LABEL = 40; // code points by which a section is known

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
    group: name.startsWith("header") ? "header" : "preamble", label: name, key: name, value, words: value ? value.text : null,
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
    group: list === "recipients" ? "recipients" : "preamble", label, key: `${list}:${value.start}`, value, words: value.text, note: value.note || "",
    accept: () => ({ op: "change_item", list, new: placeOf(value), name: value.name, note: value.note, archive: value.archive }),
    reject: () => ({ op: "change_item", list, old: placeOf(value) }),
    edit: (place) => ({ op: "change_item", list, old: placeOf(value), new: place || placeOf(value) }),
  };
}

function entity(value) {
  const mentioned = () => ({ type: value.type, place: placeOf(value) });
  return {
    group: "entities", label: value.type, key: `${value.type}:${value.start}`, value, words: value.text, note: String(shown(value)), type: value.type,
    choices: TYPES.map((type) => [type, t(type)]), choice: value.type,
    accept: () => ({ op: "change_entity", new: mentioned() }),
    reject: () => ({ op: "change_entity", old: mentioned() }),
    edit: (place, said, { choice }) => ({
      op: "change_entity", old: mentioned(), new: { type: choice, place: place || placeOf(value), ...(said ? { value: said } : {}) },
    }),
    editable: !["DOCREF", "ORG", "PERSON", "PLACE"].includes(value.type), alike: true,
  };
}

function section(value, group, depth, parents) {
  const place = { start: value.start, end: Math.min(value.end, value.start + LABEL) };
  const named = (number, kind) => ({ op: "relabel_section", section: place, kind, number });
  return {
    group, label: value.label, key: `section:${value.start}`, value: { start: value.start, end: value.heading ? value.heading.end : place.end },
    words: value.heading ? value.heading.text : (value.paragraphs[0] || { text: "" }).text.slice(0, 120), depth, parents, place,
    kind: value.kind, hasHeading: value.heading !== null,
    accept: () => named(value.number, value.kind),
    reject: () => ({ op: "remove_section", section: place }),
    edit: (at, said, { kind, heading }) => {
      const operations = [];
      if (said || kind !== value.kind) operations.push(named(said || value.number, kind));
      if (heading === "selection") operations.push({ op: "set_heading", section: place, heading: at });
      if (heading === "none") operations.push({ op: "set_heading", section: place, heading: null });
      return operations.length ? operations : named(value.number, value.kind);
    },
    editable: true, note: "", current: value.number,
  };
}

function diagnostic(value, outcomes) {
  const place = value.start === null ? null : { start: value.start, end: value.end };
  const judge = (verdict) => () => ({ op: "judge_diagnostic", code: value.code, place, verdict });
  return {
    group: "diagnostics", label: value.code, key: `${value.code}:${value.start ?? ""}`, value: place, words: value.message, english: value.message_en,
    severity: value.severity, note: "", accept: judge("accepted"), reject: judge("dismissed"), settled: isSettled(value, outcomes),
  };
}

function signature(block, index) {
  const parts = { authority: block.authority, position: block.position, name: block.name };
  const first = block.name || block.position || block.authority;
  const places = () => Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, part && placeOf(part)]));
  return {
    group: "signatures", label: String(index + 1), key: `signature:${first.start}`, value: first,
    words: Object.values(parts).filter(Boolean).map((part) => part.text).join(" · "), note: "",
    choices: ["name", "position", "authority"].map((part) => [part, t(`signature.${part}`)]), choice: "name",
    accept: () => ({ op: "change_signature", old: placeOf(first), ...places() }),
    reject: () => ({ op: "change_signature", old: placeOf(first) }),
    edit: (place, said, { choice }) => ({ op: "change_signature", old: placeOf(first), ...places(), ...(place ? { [choice]: place } : {}) }),
  };
}

function fact(name, document_, offsets, outcomes) {
  const value = document_.facts[name];
  const place = placeOfFact(name, document_, offsets, outcomes);
  const put = (said, at) => ({ op: "set_fact", fact: name, value: said, ...(at ? { place: at } : {}) });
  return {
    group: "facts", label: `facts.${name}`, key: `facts.${name}`, value: place, words: writtenFact(`facts.${name}`, value, (part) => t(`part.${part}`)), note: "",
    current: typeof value === "string" ? value : "", parts: value,
    accept: () => value !== null && put(value),
    reject: () => value !== null && put(null),
    edit: (at, said, { parts, changed }) => (!at && !changed ? put(value) : put(parts || said || null, at)),
    editable: true,
  };
}

export function findingsOf(document_, outcomes, offsets) {
  const found = HEADER.map((name) => field(`header.${name}`, document_.header[name]));
  const { enacting_body: body, bases, recitals, formula } = document_.preamble;
  found.push(field("preamble.enacting_body", body), ...bases.map((one) => item("preamble.bases", "preamble.bases", one)),
    ...recitals.map((one) => item("preamble.recitals", "preamble.recitals", one)), field("preamble.formula", formula));
  const walk = (sections, group, depth, parents) => {
    for (const [at, one] of sections.entries()) {
      const entry = section(one, group, depth, parents);
      entry.before = at ? sections[at - 1] : null;
      found.push(entry);
      walk(one.children, group, depth + 1, [...parents, one]);
    }
  };
  walk(document_.body, "sections", 0, []);
  found.push(...document_.recipients.map((one) => item("recipients", "recipients", one)), ...document_.signatures.map(signature));
  for (const one of document_.appendices) {
    found.push({ group: "appendices", label: "appendix", key: `appendix:${one.start}`, value: one.marker, words: one.marker.text, note: one.title?.value ?? "" });
    walk(one.body, "appendices", 1, []);
  }
  found.push(...FACTS.map((name) => fact(name, document_, offsets, outcomes)));
  found.push(...document_.diagnostics.map((one) => diagnostic(one, outcomes)), ...document_.entities.map(entity));
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
  const label = (one) => one && { start: one.start, end: Math.min(one.end, one.start + LABEL) };
  if (inwards) return finding.before ? { op: "move_section", section: finding.place, under: label(finding.before) } : null;
  if (!finding.parents.length) return null;
  return { op: "move_section", section: finding.place, under: label(finding.parents.at(-2)) || null };
}
