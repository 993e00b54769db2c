// What people said of each value, and which findings of the machine a correction has left without an object.

// What an operation is about, by the name and the place that the desk gives to each value.
export function keyOf(operation) {
  const { op } = operation;
  if (op === "set_field") return operation.field;
  if (op === "set_fact") return `facts.${operation.fact}`;
  if (op === "change_item") return `${operation.list}:${(operation.new || operation.old).start}`;
  if (op === "change_entity") { const one = operation.new || operation.old; return `${one.type}:${one.place.start}`; }
  if (op === "change_signature") return `signature:${(operation.name || operation.position || operation.authority || operation.old).start}`;
  if (op === "judge_diagnostic") return `${operation.code}:${operation.place?.start ?? ""}`;
  return `section:${(operation.section || operation.label).start}`;
}

export function marksOf(outcomes) {
  const marks = new Map();
  for (const { state, operation } of outcomes) {
    if (state === "unplaced") continue;
    marks.set(keyOf(operation), state);
    // Any part of a signature may have come from somebody, and the block is known by its first.
    if (operation.op === "change_signature") for (const part of [operation.position, operation.authority]) if (part) marks.set(`signature:${part.start}`, state);
  }
  return marks;
}

// Findings about a reading, and what they are about: whoever corrects that leaves them without an object. Those about
// spelling, figures and forms stay true whatever is read where, and are not here.
const ABOUT = [
  [/^SYM-00[26]/, /^header\.(symbol|date)/], [/^SYM-003/, /^header\.(symbol|doc_type)/], [/^SYM-004/, /^header\.(symbol|issuer)/], [/^SYM-007/, /^header\.symbol/],
  [/^DAT-00[12]/, /^(header\.date|facts\.adopted_on)/], [/^DAT-00[48]/, /^facts\.(effective_on|adopted_on)/], [/^FRM-004/, /^(preamble\.enacting_body|header\.issuer)/],
  [/^ATT-00[1235]/, /^facts\.attendance/], [/^VOT-00[235]/, /^facts\.(vote|attendance)/], [/^SIG-003/, /^header\.issuer/],
];
// Of these there may be many: only a correction at the very place counts.
const AT_PLACE = [
  [/^(NUM-01[0-5]|NUM-02|STR-00[57])/, /^section/], [/^SIG-00[23]/, /^signature/], [/^RCP-003/, /^recipients/], [/^CIT-00[1245]/, /^DOCREF/],
  [/^TRM/, /^(PERIOD|SESSION)/], [/^(RAT-001|VOT-001)/, /^(RATIO|PERCENT)/],
];
// Something is missing: whoever sets it has settled that.
const MISSING = [
  [/^HDR-001/, /^header\.(national_name|motto)/], [/^HDR-002/, /^header\.issuer/], [/^HDR-005/, /^header\.title/], [/^FRM-003/, /^preamble\.formula/],
  [/^RCP-001/, /^recipients/], [/^SIG-001/, /^signature/], [/^VOT-004/, /^facts\.vote/], [/^STR-002/, /^facts\.adopted_on/],
];

function placesOf(outcome) {
  const { operation, machine } = outcome;
  const own = ["place", "section", "label", "name", "position", "authority"].map((name) => operation[name]);
  const both = [operation.old, operation.new].map((one) => one?.place ?? one);
  const read = Array.isArray(machine) ? machine : [machine];
  return [...own, ...both, ...read].filter((one) => one && Number.isInteger(one.start));
}

function emptied(operation) {
  if (operation.op === "set_field") return operation.place === null;
  return operation.op === "set_fact" ? operation.value === null : operation.op.startsWith("change_") && !operation.new && !operation.name && !operation.position;
}

// Corrected means that something else is read now: what only confirms the machine settles nothing.
export function isSettled(diagnostic, outcomes) {
  const [about, placed, missing] = [ABOUT, AT_PLACE, MISSING].map((rules) => rules.find(([code]) => code.test(diagnostic.code))?.[1]);
  return outcomes.some((one) => {
    if (one.state !== "applied" && one.state !== "differs") return false;
    const key = keyOf(one.operation);
    if (about?.test(key)) return true;
    if (missing?.test(key)) return !emptied(one.operation);
    if (diagnostic.start === null || !placed?.test(key)) return false;
    return placesOf(one).some((place) => diagnostic.start === place.start || (place.start <= diagnostic.start && diagnostic.end <= place.end));
  });
}
