// The desk: the text on the left, what was read on the right; all of it by keyboard.

import { ask, make, tell } from "./api.js";
import { openEditing } from "./editing.js";
import { candidatesOf, findingsOf, moved, placeOf } from "./findings.js";
import { marksOf } from "./marks.js";
import { Source } from "./source.js";
import { isSame, language, onLanguage, t } from "./texts.js";

const byId = (id) => document.getElementById(id);
const id = document.querySelector("script[data-document]").dataset.document;
const source = new Source(id);
const GROUPS = ["header", "diagnostics", "facts", "preamble", "sections", "appendices", "recipients", "signatures", "entities"];
const MARKS = { agrees: "✓", applied: "✎", differs: "≠" };
const KEYS = [["j k", "k_jk"], ["a", "k_a"], ["x", "k_x"], ["e", "k_e"], ["n", "k_n"], ["1 … 9", "k_19"], ["[ ]", "k_move"], ["u", "k_u"], ["d", "k_d"], ["p", "k_p"], ["?", "k_help"]];
let view = null, findings = [], marks = new Map(), active = -1, busy = false;

function showAll() {
  const document_ = view.document;
  source.show(document_);
  findings = findingsOf(document_, view.outcomes, source.offsets);
  marks = marksOf(view.outcomes);
  const order = new Map(GROUPS.map((group, at) => [group, at]));
  findings.sort((one, other) => order.get(one.group) - order.get(other.group));
  const { symbol, title } = document_.header, first = symbol?.normalized || title?.value || document_.source.name || id;
  byId("title").replaceChildren(first, symbol && title ? make("span", { class: "more" }, ` — ${title.value}`) : "");
  document.title = byId("title").textContent;
  byId("title").title = document.title;
  byId("state").textContent = t(view.review.state);
  byId("state").className = `state ${view.review.state}`;
  const groups = GROUPS.map((group) => {
    const own = findings.map((finding, at) => [finding, at]).filter(([finding]) => finding.group === group);
    return own.length ? make("section", {}, make("h2", {}, `${t(group)} (${own.length})`), make("ul", { role: "list" }, ...own.map(([finding, at]) => line(finding, at)))) : null;
  }).filter(Boolean);
  const lost = view.outcomes.filter((outcome) => outcome.state === "unplaced");
  if (lost.length) groups.unshift(make("section", { class: "lost" }, make("h2", {}, t("corrections")), make("ul", {}, ...lost.map((outcome) => make("li", {}, (language ? outcome.reason : outcome.reason_vi) || "")))));
  byId("groups").replaceChildren(...groups);
  if (active >= findings.length) active = findings.length - 1;
  choose(active, false);
}

function line(finding, at) {
  const words = finding.english && language ? finding.english : finding.words;
  const mark = marks.get(finding.key), note = finding.settled ? t("settled") : finding.note;
  const element = make("li", {},
    make("button", { type: "button", class: finding.settled ? "finding settled" : "finding", id: `f${at}`, onclick: () => choose(at), "data-severity": finding.severity },
      make("span", { class: "label" }, t(finding.label), mark ? make("span", { class: `mark ${mark}`, role: "img", "aria-label": t(mark), title: t(mark) }, ` ${MARKS[mark]}`) : null),
      make("span", { class: words ? "words" : "words none" }, words || t("none")), note && !isSame(words, note) ? make("span", { class: "note" }, note) : null));
  if (finding.depth) element.className = `depth${Math.min(finding.depth, 6)}`;
  return element;
}

function choose(at, scroll = true) {
  byId("groups").querySelector(".active")?.classList.remove("active");
  byId("candidates")?.remove();
  active = at;
  const finding = findings[at];
  source.light(finding?.value ?? null);
  if (!finding) return;
  const button = byId(`f${at}`);
  button.classList.add("active");
  if (scroll) { button.scrollIntoView({ block: "nearest" }); button.focus({ preventScroll: true }); }
  const candidates = candidatesOf(finding, view.document);
  if (candidates.length) button.after(make("ol", { id: "candidates", "aria-label": t("candidates") }, ...candidates.map((one, number) =>
    make("li", {}, make("button", { type: "button", onclick: () => take(number) }, `${number + 1} · ${one.text}`)))));
}

function step(by) {
  if (findings.length) choose(Math.max(0, Math.min(findings.length - 1, active + by)));
}

async function send(path, body) {
  if (busy) return;
  busy = true;
  try {
    const changed = await ask(`documents/${id}/${path}`, { revision: view.review.revision, ...body });
    view = { ...view, ...changed, parser_version: changed.review.parser_version };
    showAll();
    tell(t("saved"));
  } catch (fault) {
    if (fault.status === 409) { await load(); tell(t("conflict"), true); } else tell(fault.message, true);
  } finally { busy = false; }
}

const correct = (operation, more = {}) => operation ? send("corrections", { operations: [operation].flat(), ...more }) : tell(t("nothing"));
const act = (what) => findings[active]?.[what] ? correct(findings[active][what]()) : tell(t("nothing"));

function take(number) {
  const finding = findings[active];
  const one = finding && candidatesOf(finding, view.document)[number];
  if (one) correct(finding.edit(placeOf(one)));
}

function edit(isNew) {
  const place = source.selected(), finding = findings[active];
  if (!place && (isNew || (finding?.edit && !finding.editable && !finding.alike))) { tell(t("selectFirst")); return; }
  if (!isNew && !finding?.edit) { tell(t("nothing")); return; }
  openEditing({ finding: isNew ? null : finding, place, near: finding, done: correct });
}

const undo = () => send("undo", {});
const setState = (state) => send("state", { state, seen: view.parser_version });

function help() {
  byId("keys").replaceChildren(...KEYS.flatMap(([keys, text]) => [make("dt", {}, make("kbd", {}, keys)), make("dd", {}, t(text))]));
  byId("helping").showModal();
}

async function togglePages() {
  const pages = byId("pages"), text = byId("text");
  pages.hidden = !pages.hidden;
  text.hidden = !pages.hidden;
  byId("view").textContent = t(pages.hidden ? "showPages" : "showText");
  source.light(findings[active]?.value ?? null);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") || /INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) return;
  const finding = findings[active];
  const keys = {
    j: () => step(1), k: () => step(-1), a: () => act("accept"), x: () => act("reject"), e: () => edit(false), n: () => edit(true),
    p: () => location.assign(`/documents/${id}/record`), u: undo, d: () => setState("approved"), "?": help,
    "[": () => correct(finding?.parents && moved(finding, false)), "]": () => correct(finding?.parents && moved(finding, true)),
  };
  const work = keys[event.key] || (/^[1-9]$/.test(event.key) ? () => take(Number(event.key) - 1) : null);
  if (work) { event.preventDefault(); work(); }
});

function chooseAt(point) {
  if (point === null) return;
  const near = findings.map((finding, at) => [finding, at]).filter(([finding]) => finding.value && finding.value.start <= point && point < finding.value.end);
  near.sort(([one], [other]) => (one.value.end - one.value.start) - (other.value.end - other.value.start));
  if (near.length) choose(near[0][1]);
}

byId("text").addEventListener("click", (event) => chooseAt(source.selected() ? null : source.pointAt(event.clientX, event.clientY)));
source.pages.onPoint = chooseAt;
byId("approve").addEventListener("click", () => setState("approved"));
byId("reject").addEventListener("click", () => setState("rejected"));
byId("undo").addEventListener("click", undo);
byId("help").addEventListener("click", help);
byId("record").href = `/documents/${id}/record`;
byId("cancel").addEventListener("click", () => byId("editing").close(""));
byId("view").addEventListener("click", togglePages);

async function load() {
  view = await ask(`documents/${id}`);
  showAll();
}

onLanguage(() => { if (view) showAll(); });
try {
  await load();
  if (findings.length) choose(0, false);
  if (view.document.source.pages) byId("view").hidden = !(await source.pages.load());
} catch (fault) { tell(fault.message, true); }
