// The desk: the text on the left, what was read on the right; all of it by keyboard.

import { ask, make, tell } from "./api.js";
import { candidatesOf, findingsOf, moved, placeOf, TYPES } from "./findings.js";
import { Source } from "./source.js";
import { language, onLanguage, t } from "./texts.js";

const byId = (id) => document.getElementById(id);
const id = document.querySelector("script[data-document]").dataset.document;
const source = new Source(id);
const GROUPS = ["header", "diagnostics", "preamble", "sections", "recipients", "signatures", "entities"];
const KEYS = [["j k", "k_jk"], ["a", "k_a"], ["x", "k_x"], ["e", "k_e"], ["n", "k_n"], ["1 … 9", "k_19"], ["[ ]", "k_move"], ["u", "k_u"], ["d", "k_d"], ["?", "k_help"]];
let view = null, findings = [], active = -1, busy = false;

function showAll() {
  const document_ = view.document;
  source.show(document_);
  findings = findingsOf(document_);
  const order = new Map(GROUPS.map((group, at) => [group, at]));
  findings.sort((one, other) => order.get(one.group) - order.get(other.group));
  byId("title").textContent = [document_.header.symbol?.normalized, document_.header.title?.value].filter(Boolean).join(" — ") || document_.source.name || id;
  document.title = byId("title").textContent;
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
  const element = make("li", {},
    make("button", { type: "button", class: "finding", id: `f${at}`, onclick: () => choose(at), "data-severity": finding.severity },
      make("span", { class: "label" }, t(finding.label)), make("span", { class: words ? "words" : "words none" }, words || t("none")),
      finding.note && finding.note !== words ? make("span", { class: "note" }, finding.note) : null));
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
    view = { ...view, ...changed };
    showAll();
    tell(t("saved"));
  } catch (fault) {
    if (fault.status === 409) { await load(); tell(t("conflict"), true); } else tell(fault.message, true);
  } finally { busy = false; }
}

const correct = (operation, more = {}) => operation ? send("corrections", { operations: [operation], ...more }) : tell(t("nothing"));
const act = (what) => findings[active]?.[what] ? correct(findings[active][what]()) : tell(t("nothing"));

function take(number) {
  const finding = findings[active];
  const one = finding && candidatesOf(finding, view.document)[number];
  if (one) correct(finding.edit(placeOf(one)));
}

function edit(isNew) {
  const place = source.selected();
  const finding = isNew ? null : findings[active];
  if (isNew ? !place : !finding?.edit) { tell(t(isNew ? "selectFirst" : "nothing")); return; }
  byId("editing-title").textContent = isNew ? t("newFrom") : `${t("edit")}: ${t(finding.label)}`;
  byId("editing-place").textContent = place ? place.quote : finding.words || "";
  byId("typed").hidden = !isNew && !finding.type;
  const fields = isNew ? findings.filter((one) => one.group === "header" || one.label.startsWith("preamble.")).map((one) => one.label) : [];
  byId("type").replaceChildren(...TYPES.map((type) => make("option", { value: type }, type)), ...[...new Set(fields)].map((name) => make("option", { value: name }, t(name))), ...(isNew ? [make("option", { value: "recipients" }, t("recipients"))] : []));
  byId("type").value = finding?.type || "DATE";
  byId("value").value = place || !finding ? "" : finding.current ?? finding.note;
  byId("value").disabled = !isNew && !finding.editable;
  byId("reason").value = "";
  byId("alike").checked = false;
  byId("alike-row").hidden = !isNew && !finding.alike;
  const before = byId("value").value;
  byId("editing").onclose = () => {
    if (byId("editing").returnValue !== "save") return;
    const said = byId("value").value !== before ? byId("value").value.trim() : "";
    const type = byId("type").value;
    const operation = isNew ? made(type, place, said) : finding.edit(place, said, type);
    correct(operation, { reason: byId("reason").value || null, all_alike: byId("alike").checked && operation.op === "change_entity" });
  };
  byId("editing").returnValue = "";
  byId("editing").showModal();
  (byId("value").disabled ? byId("save") : byId("value")).focus();
}

function made(type, place, said) {
  if (TYPES.includes(type)) return { op: "change_entity", new: { type, place, ...(said ? { value: said } : {}) } };
  if (["preamble.bases", "preamble.recitals", "recipients"].includes(type)) return { op: "change_item", list: type, new: place };
  return { op: "set_field", field: type, place, value: said || null };
}

const undo = () => send("undo", {});
const setState = (state) => send("state", { state });

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
    u: undo, d: () => setState("approved"), "?": help,
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
