// The dialog in which a value is changed, or a new one is made from the selected text.

import { make } from "./api.js";
import { PARTS, FACTS, WORDS } from "./facts.js";
import { TYPES } from "./findings.js";
import { t } from "./texts.js";

const byId = (id) => document.getElementById(id);
const FIELDS = ["symbol", "date", "issuer", "title", "doc_type", "place", "parent_issuer", "national_name", "motto"].map((name) => `header.${name}`)
  .concat("preamble.enacting_body", "preamble.formula");
const LISTS = ["preamble.bases", "preamble.recitals", "recipients"];
const SIGNATURES = ["signature.block", "signature.name", "signature.position", "signature.authority"];
const KINDS = ["part", "chapter", "section", "subsection", "article", "upper", "roman", "arabic", "decimal", "letter", "letter_decimal", "paren", "ordinal", "dash", "plus", "star"];
// What is made anew where the desk stands at a value of such a group.
const NEW = { sections: "section", appendices: "section", recipients: "recipients", signatures: "signature.block" };

const option = (value, text) => make("option", { value }, text);
const group = (name, values) => make("optgroup", { label: t(name) }, ...values.map((value) => option(value, t(value))));

function newChoices() {
  return [group("entities", TYPES), group("sections", ["section"]), group("header", FIELDS.slice(0, 9)), group("preamble", [...FIELDS.slice(9), ...LISTS.slice(0, 2)]),
    group("recipients", ["recipients"]), group("signatures", SIGNATURES), group("facts", FACTS.map((name) => `facts.${name}`))];
}

function newFor(finding) {
  if (!finding) return "DATE";
  if (finding.type) return finding.type;
  if (NEW[finding.group]) return NEW[finding.group];
  return finding.group === "facts" || finding.label.startsWith("preamble.") ? finding.label : "DATE";
}

// The operation that makes a new value from a place.
function made(choice, place, said, { kind, parts }) {
  if (TYPES.includes(choice)) return { op: "change_entity", new: { type: choice, place, ...(said ? { value: said } : {}) } };
  if (LISTS.includes(choice)) return { op: "change_item", list: choice, new: place };
  if (choice === "section") return { op: "add_section", label: place, ...(kind ? { kind } : {}), ...(said ? { number: said } : {}) };
  if (choice.startsWith("signature.")) return { op: "change_signature", [choice.slice("signature.".length)]: place };
  if (choice.startsWith("facts.")) return { op: "set_fact", fact: choice.slice("facts.".length), value: parts || said || null, place };
  return { op: "set_field", field: choice, place, value: said || null };
}

function showParts(names, values, isRead) {
  byId("parts").hidden = !names;
  byId("parts").replaceChildren(...(names || []).map((name) => make("label", {}, make("span", {}, t(`part.${name}`)),
    make("input", { "data-part": name, autocomplete: "off", inputmode: WORDS.has(name) ? null : "numeric", pattern: WORDS.has(name) ? null : "[0-9]*",
      placeholder: isRead ? t("asRead") : null, value: values?.[name] ?? null }))));
}

function partsSaid() {
  const inputs = [...byId("parts").querySelectorAll("input")];
  if (!inputs.some((input) => input.value.trim())) return null;
  const said = (input) => (WORDS.has(input.dataset.part) ? input.value.trim() : Number(input.value));
  return Object.fromEntries(inputs.map((input) => [input.dataset.part, input.value.trim() ? said(input) : null]));
}

// Asks what is to be, and hands the operations over; `place` is what is selected, `finding` what is changed, null for a new value.
export function openEditing({ finding, place, near, done }) {
  const isNew = finding === null;
  byId("editing-title").textContent = isNew ? t("newFrom") : `${t("edit")}: ${t(finding.label)}`;
  byId("editing-place").textContent = place ? place.quote : finding.words || "";
  const choices = isNew ? newChoices() : (finding.choices || []).map(([value, text]) => option(value, text));
  byId("typed").hidden = !choices.length || (finding?.group === "signatures" && !place);
  byId("type").replaceChildren(...choices);
  if (choices.length) byId("type").value = isNew ? newFor(near) : finding.choice;
  byId("reason").value = "";
  byId("alike").checked = false;
  const isSection = !isNew && finding.kind !== undefined;
  byId("heading-row").hidden = !isSection || !(place || finding.hasHeading);
  byId("heading").replaceChildren(...(isSection ? [option("keep", t("headingKept")), ...(place ? [option("selection", t("headingSelected"))] : []),
    ...(finding.hasHeading ? [option("none", t("headingNone"))] : [])] : []));
  byId("heading").value = place ? "selection" : "keep";
  const fit = () => {
    const choice = isNew ? byId("type").value : finding.group === "facts" ? finding.label : finding.choice;
    const withKind = isSection || choice === "section";
    const names = PARTS[choice];
    byId("kind-row").hidden = !withKind;
    byId("kind").replaceChildren(...(withKind ? [...(isSection ? [] : [option("", t("asRead"))]), ...KINDS.map((kind) => option(kind, t(`kind.${kind}`)))] : []));
    if (withKind) byId("kind").value = isSection ? finding.kind : "";
    showParts(names, place ? null : finding?.parts, Boolean(place));
    byId("valued").textContent = t(withKind ? "number" : "value");
    const isPlain = LISTS.includes(choice) || choice?.startsWith("signature.");
    byId("value-row").hidden = Boolean(names) || (isNew ? isPlain : !finding.editable);
    byId("value").placeholder = place && !isSection ? t("asRead") : "";
    byId("alike-row").hidden = isNew ? !TYPES.includes(choice) : !finding.alike;
  };
  byId("type").onchange = isNew ? fit : null;
  fit();
  byId("value").value = isNew || (place && !isSection) ? "" : finding.current ?? finding.note;
  const before = byId("value").value, partsBefore = JSON.stringify(partsSaid());
  const dialog = byId("editing");
  dialog.onclose = () => {
    if (dialog.returnValue !== "save") return;
    const said = !byId("value-row").hidden && byId("value").value !== before ? byId("value").value.trim() : "";
    const parts = byId("parts").hidden ? null : partsSaid();
    const changed = byId("value").value !== before || JSON.stringify(parts) !== partsBefore;
    const more = { choice: byId("type").value, kind: byId("kind").value, heading: byId("heading").value, parts, changed };
    const operation = isNew ? made(more.choice, place, said, more) : finding.edit(place, said, more);
    const operations = Array.isArray(operation) ? operation : [operation];
    done(operations, { reason: byId("reason").value || null, all_alike: byId("alike").checked && operations.every((one) => one.op === "change_entity") });
  };
  dialog.returnValue = "";
  dialog.showModal();
  ([...dialog.querySelectorAll("#value, #parts input, #heading, #type")].find((one) => one.checkVisibility()) || byId("save")).focus();
}
