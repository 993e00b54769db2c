// The list of documents: filtered, sorted, searched as one types; files dropped on it are added.

import { ask, make, tell, upload } from "./api.js";
import { onLanguage, t } from "./texts.js";

const PAGE = 100;
const COLUMNS = [["symbol", "symbol"], ["issued", "issued"], ["issuer", "issuer"], ["title", "titleOf"],
  ["state", "state"], ["errors", "findings"], ["doubt", "doubt"], ["confidence", "confidence"]];
// What is worst comes first, where a click says no more than the column.
const WORST_FIRST = new Set(["doubt", "errors"]);
const HELP = { doubt: "doubtHelp", confidence: "confidenceHelp" };
const AT_ONCE = 200;
const byId = (id) => document.getElementById(id);
let sort = "doubt", descending = true, offset = 0, asked = 0;

function heads() {
  byId("heads").replaceChildren(...COLUMNS.map(([key, text]) => make("th", {
    scope: "col", "aria-sort": sort === key ? (descending ? "descending" : "ascending") : null,
  }, make("button", { type: "button", title: HELP[key] ? t(HELP[key]) : null, onclick: () => { descending = sort === key ? !descending : WORST_FIRST.has(key); sort = key; load(); } },
    t(text), sort === key ? (descending ? " ↓" : " ↑") : ""))));
}

function row(item) {
  const link = make("a", { href: `/documents/${item.document_id}` }, item.symbol || item.source_name || item.document_id);
  const counts = [["E", item.errors], ["W", item.warnings], ["I", item.notes]].filter(([, count]) => count);
  const names = { E: "errors", W: "warnings", I: "notes" };
  return make("tr", {}, make("td", {}, link), make("td", { class: "date" }, item.issued || ""), make("td", {}, item.issuer || ""),
    make("td", { class: "words" }, item.title || ""), make("td", {}, make("span", { class: `state ${item.state}` }, t(item.state))),
    make("td", {}, ...counts.map(([kind, count]) => make("span", { class: `count ${kind}`, title: t(names[kind]), "aria-label": `${count} ${t(names[kind])}` }, `${kind} ${count}`))),
    make("td", { class: "number", title: t("doubt") }, String(item.doubt)), make("td", { class: "number", title: t("confidence") }, item.confidence === null ? "" : `${Math.round(100 * item.confidence)} %`));
}

async function load(more = false) {
  const mine = ++asked;
  offset = more ? offset + PAGE : 0;
  heads();
  const form = new FormData(byId("filters"));
  const query = new URLSearchParams({ sort, descending, limit: PAGE, offset, q: byId("query").value });
  for (const name of ["state", "severity", "year"]) if (form.get(name)) query.set(name, form.get(name));
  try {
    const page = await ask(`documents?${query}`);
    if (mine !== asked) return; // a later letter was typed meanwhile
    const rows = page.items.map(row);
    if (more) byId("rows").append(...rows); else byId("rows").replaceChildren(...rows);
    byId("total").textContent = t("total", page.total);
    byId("more").hidden = offset + PAGE >= page.total;
  } catch (fault) {
    if (mine === asked) tell(fault.message, true);
  }
}

async function add(files) {
  const bar = byId("progress");
  let done = 0;
  bar.hidden = false;
  for (const [at, file] of [...files].entries()) {
    try {
      await upload(file, (share) => { bar.value = (at + share) / files.length; });
      done += 1;
    } catch (fault) {
      tell(`${file.name}: ${fault.message}`, true);
    }
  }
  bar.hidden = true;
  if (done) tell(t("added", done));
  load();
}

let timer = 0;
byId("query").addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(load, 150); });
byId("filters").addEventListener("input", (event) => { if (event.target.id !== "files") load(); });
byId("filters").addEventListener("submit", (event) => event.preventDefault());
byId("files").addEventListener("change", (event) => add(event.target.files));
byId("more").addEventListener("click", () => load(true));
// What is approved is what was named before: a document that has become clean since then is not among it.
async function approveClean(names) {
  const bar = byId("progress"), dialog = byId("approving");
  let done = 0;
  dialog.close();
  bar.hidden = false;
  try {
    for (let at = 0; at < names.length; at += AT_ONCE) {
      bar.value = at / names.length;
      done += (await ask("approve-clean", { documents: names.slice(at, at + AT_ONCE) })).documents.length;
    }
    tell(t("clean", done));
  } catch (fault) { tell(fault.message, true); }
  bar.hidden = true;
  load();
}

byId("approve").addEventListener("click", async () => {
  try {
    const { documents } = await ask("clean");
    if (!documents.length) { tell(t("noneClean")); return; }
    byId("approving-count").textContent = t("cleanCount", documents.length);
    byId("approve-now").textContent = t("approveCount", documents.length);
    byId("approve-now").onclick = () => approveClean(documents);
    byId("approving").showModal();
    byId("approve-not").focus();
  } catch (fault) { tell(fault.message, true); }
});
byId("approve-not").addEventListener("click", () => byId("approving").close());
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => { event.preventDefault(); if (event.dataTransfer.files.length) add(event.dataTransfer.files); });
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/INPUT|SELECT|TEXTAREA/.test(event.target.tagName) && !document.querySelector("dialog[open]")) { event.preventDefault(); byId("query").focus(); }
});
onLanguage(load);
load();
