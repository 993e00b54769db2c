// The record of a document, for paper: all that was read of it, and all that people did to it.

import { ask, make, tell } from "./api.js";
import { FACTS, writtenFact } from "./facts.js";
import { isSettled } from "./marks.js";
import { isSame, language, onLanguage, t } from "./texts.js";

const byId = (id) => document.getElementById(id);
const id = document.querySelector("script[data-document]").dataset.document;
const HEADER = ["national_name", "motto", "parent_issuer", "issuer", "symbol", "place", "date", "doc_type", "title"];
const MOMENT = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" };
let view = null, history = [];

const when = (moment) => (moment ? new Date(moment).toLocaleString(language ? "en-GB" : "vi-VN", MOMENT) : "");

function block(name, ...content) {
  const inside = content.flat().filter(Boolean);
  return make("section", {}, make("h2", {}, t(name)), ...(inside.length ? inside : [make("p", { class: "none" }, t("none"))]));
}

function table(rows) {
  return make("table", {}, make("tbody", {}, ...rows.map(([name, value]) => make("tr", {}, make("th", { scope: "row" }, name),
    make("td", {}, value || make("span", { class: "none" }, t("none")))))));
}

// The words as they stand, and behind them what is read in them, where that is something else.
function said(value) {
  if (!value) return null;
  const clean = value.normalized ?? value.name ?? value.value;
  return make("span", { lang: "vi" }, value.text, clean && !isSame(value.text, clean) ? make("span", { class: "clean" }, ` — ${clean}`) : null);
}

const list = (items, words) => (items.length ? make("ol", { lang: "vi" }, ...items.map((one) => make("li", {}, words(one)))) : null);

function tree(sections) {
  if (!sections.length) return null;
  return make("ul", { class: "tree", lang: "vi", role: "list" }, ...sections.map((one) => make("li", {}, make("strong", {}, `${one.label} `),
    one.heading ? make("b", {}, one.heading.text) : null, ...one.paragraphs.map((part) => make("p", {}, part.text)), tree(one.children))));
}

// What stood somewhere before or after a correction, in few words.
function short(value) {
  if (value === null || value === undefined) return t("none");
  if (Array.isArray(value)) return value.map(short).join("; ") || t("none");
  if (typeof value !== "object") return t(String(value));
  if (value.message) return language ? value.message_en : value.message;
  if (value.label !== undefined && value.children) return [value.label, value.number, value.heading, value.under && `< ${value.under}`].filter(Boolean).join(" · ");
  if (value.text !== undefined) {
    const inner = value.normalized ?? value.name ?? value.value, clean = inner !== null && typeof inner === "object" ? inner.name ?? inner.symbol : inner;
    return clean && !isSame(value.text, clean) ? `${value.text} — ${clean}` : value.text;
  }
  return Object.entries(value).filter(([, one]) => one !== null).map(([name, one]) => (one?.text !== undefined ? one.text : `${t(`part.${name}`)}: ${one}`)).join(" · ");
}

function correction(one) {
  const before = short(one.before), after = one.kind === "judge_diagnostic" ? t(one.operation.verdict) : short(one.after);
  return make("tr", { class: one.undone_at ? "undone" : null }, make("td", {}, when(one.at)), make("td", {}, one.author),
    make("td", {}, t(`op.${one.kind}`), one.target ? ` · ${t(one.target)}` : null),
    make("td", { lang: "vi" }, before === after ? `${before} (${t("agrees")})` : `${before} → ${after}`),
    make("td", {}, one.reason || "", one.undone_at ? make("em", {}, ` ${t("undoneBy", one.undone_by, when(one.undone_at))}`) : null));
}

function signature(one) {
  return [one.authority, one.position, one.name].filter(Boolean).map((part) => part.text).join(" · ");
}

function show() {
  const { document: document_, review } = view, { header, preamble } = document_;
  document.title = [header.symbol?.normalized, t("record")].filter(Boolean).join(" — ");
  byId("record").replaceChildren(
    make("h1", { lang: "vi" }, [header.symbol?.normalized, header.title?.value].filter(Boolean).join(" — ") || document_.source.name || id),
    table([[t("state"), [t(review.state), review.changed_by, when(review.changed_at)].filter(Boolean).join(" · ")], [t("file"), document_.source.name],
      ["SHA-256", document_.source.sha256], [t("documentId"), id], [t("parsedBy"), view.parser_version]]),
    block("header", table(HEADER.map((name) => [t(`header.${name}`), said(header[name])]))),
    block("facts", table(FACTS.map((name) => [t(`facts.${name}`), writtenFact(`facts.${name}`, document_.facts[name], (part) => t(`part.${part}`))]))),
    block("preamble", table([[t("preamble.enacting_body"), said(preamble.enacting_body)]]), list([...preamble.bases, ...preamble.recitals], (one) => one.text),
      table([[t("preamble.formula"), said(preamble.formula)]])),
    block("sections", tree(document_.body), document_.closing && make("p", { lang: "vi" }, document_.closing.text)),
    ...document_.appendices.map((one) => block("appendix", make("p", { lang: "vi" }, [one.marker.text, one.title?.value].filter(Boolean).join(" — ")), tree(one.body))),
    block("recipients", list(document_.recipients, (one) => one.text)),
    block("signatures", list(document_.signatures, signature)),
    block("diagnostics", document_.diagnostics.length && make("table", {}, make("tbody", {}, ...document_.diagnostics.map((one) => make("tr", {},
      make("th", { scope: "row" }, `${one.code} (${one.severity})`), make("td", {}, language ? one.message_en : one.message, isSettled(one, view.outcomes) ? make("em", {}, ` (${t("settledBriefly")})`) : null)))))),
    block("history", history.length && make("table", { class: "history" }, make("thead", {}, make("tr", {}, ...["when", "who", "what", "change", "reason"].map((name) => make("th", { scope: "col" }, t(name))))),
      make("tbody", {}, ...history.map(correction)))));
}

onLanguage(() => { if (view) show(); });
byId("print").addEventListener("click", () => print());
try {
  [view, history] = await Promise.all([ask(`documents/${id}`), ask(`documents/${id}/history`)]);
  show();
} catch (fault) { tell(fault.message, true); }
