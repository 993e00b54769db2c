// The facts of a document: their parts, and where they are said. The contract holds their values only, so their places
// are looked for among the entities, by value and by the words around; a place that a person gave goes before.

export const PARTS = {
  "facts.attendance": ["present", "total", "absent", "excused", "guests"],
  "facts.vote": ["for", "against", "abstain", "total"],
  "facts.session": ["kind", "ordinal"],
};
export const WORDS = new Set(["guests", "kind"]); // parts that are no numbers
export const FACTS = ["attendance", "vote", "adopted_on", "adopted_at", "session", "effective_on", "expires_on"];

const AROUND = 150; // code units on each side in which those words are looked for
const SAID_BY = {
  attendance: /có mặt|tham dự|dự họp|triệu tập/i, vote: /tán thành|nhất trí|đồng ý|biểu quyết|thông qua/i,
  adopted_on: /thông qua/i, adopted_at: /thông qua|bế mạc/i, session: /kỳ họp|phiên họp|hội nghị|đại hội|cuộc họp/i,
  effective_on: /hiệu lực/i, expires_on: /hiệu lực|đến hết|đến trước/i,
};
// Where no entity has the value ("từ ngày ký"), the words that tell it are shown.
const TOLD = { attendance: /có\s+mặt[^.;\n]{0,60}/i, effective_on: /(?<=này[^.;\d]{0,120})có\s+hiệu\s+lực(?:\s+thi\s+hành)?[\s,]+(?:kể\s+)?(?:từ|sau|ngay)\s[^.;]{0,100}/i };
const BEFORE = new Set(["effective_on", "expires_on"]); // what stands behind such a date says nothing of it

const FITS = {
  attendance: (one, value) => one.type === "RATIO" && one.numerator === value.present && one.denominator === value.total,
  vote: (one, value) => one.type === "RATIO" && one.numerator === value.for && one.denominator === value.total,
  adopted_at: (one, value) => one.type === "TIME" && one.value === value,
  session: (one, value) => one.type === "SESSION" && one.value === value.ordinal,
};
const isDate = (one, value) => one.type === "DATE" && one.value === value;

export function placeOfFact(name, document_, offsets, outcomes) {
  const value = document_.facts[name];
  if (value === null) return null;
  const said = outcomes.findLast((one) => one.state !== "unplaced" && one.operation.op === "set_fact" && one.operation.fact === name);
  if (said?.operation.place) return said.operation.place;
  const fits = document_.entities.filter((one) => (FITS[name] || isDate)(one, value));
  const near = fits.filter((one) => SAID_BY[name].test(document_.text.slice(
    Math.max(0, offsets.toUnits(one.start) - AROUND), offsets.toUnits(BEFORE.has(name) ? one.start : one.end + AROUND)).normalize("NFC")));
  const found = TOLD[name]?.exec(document_.text);
  const told = found && { start: offsets.toPoints(found.index), end: offsets.toPoints(found.index + found[0].length) };
  if (told) return fits.find((one) => told.start <= one.start && one.end <= told.end) || (name === "effective_on" ? told : near[0] || told);
  return (name === "adopted_on" ? near.at(-1) : near[0]) || null;
}

// What a fact says on one line; `name` gives the parts their names.
export function writtenFact(fact, value, name) {
  if (value === null) return null;
  if (typeof value === "string") return value;
  return PARTS[fact].filter((part) => value[part] !== null).map((part) => `${name(part)}: ${value[part]}`).join(" · ") || null;
}
