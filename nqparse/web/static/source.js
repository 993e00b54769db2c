// The left side: the text as it is, in which places light up, and the pages of the file with boxes over them.

import { ask, make } from "./api.js";
import { Offsets } from "./offsets.js";

const byId = (id) => document.getElementById(id);

export class Source {
  constructor(documentId) {
    this.id = documentId;
    this.text = null;
    this.pages = [];
  }

  show(document_) {
    if (this.text !== document_.text) {
      this.text = document_.text;
      this.offsets = new Offsets(this.text);
      this.node = document.createTextNode(this.text);
      byId("text").replaceChildren(this.node);
    }
    if (!CSS.highlights) return;
    for (const group of ["DATE", "ORG", "PERSON", "DOCREF", "other"]) {
      const ranges = document_.entities.filter((one) => (["DATE", "ORG", "PERSON", "DOCREF"].includes(one.type) ? one.type : "other") === group);
      CSS.highlights.set(`nq-${group}`, new Highlight(...ranges.map((one) => this.range(one.start, one.end))));
    }
  }

  range(start, end) {
    const range = document.createRange();
    range.setStart(this.node, this.offsets.toUnits(start));
    range.setEnd(this.node, this.offsets.toUnits(end));
    return range;
  }

  light(value) {
    if (!value) { CSS.highlights?.delete("nq-active"); this.box(null); return; }
    const pieces = value.fragments || [[value.start, value.end]];
    const ranges = pieces.map(([start, end]) => this.range(start, end));
    if (CSS.highlights) CSS.highlights.set("nq-active", new Highlight(...ranges));
    const holder = byId("source");
    if (!byId("text").hidden) {
      const [place, frame] = [ranges[0].getBoundingClientRect(), holder.getBoundingClientRect()];
      if (place.top < frame.top + 40 || place.bottom > frame.bottom - 40) holder.scrollTop += place.top - frame.top - frame.height / 3;
    }
    this.box(value);
  }

  selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (range.startContainer !== this.node || range.endContainer !== this.node) return null;
    const words = this.text.slice(range.startOffset, range.endOffset);
    const start = range.startOffset + (words.length - words.trimStart().length);
    const end = range.endOffset - (words.length - words.trimEnd().length);
    return end > start ? { start: this.offsets.toPoints(start), end: this.offsets.toPoints(end), quote: this.text.slice(start, end) } : null;
  }

  pointAt(x, y) {
    const found = document.caretPositionFromPoint ? document.caretPositionFromPoint(x, y) : document.caretRangeFromPoint(x, y);
    const [node, offset] = found ? [found.offsetNode ?? found.startContainer, found.offset ?? found.startOffset] : [null, 0];
    return node === this.node ? this.offsets.toPoints(offset) : null;
  }

  async loadPages() {
    this.pages = await ask(`documents/${this.id}/pages`);
    byId("pages").replaceChildren(...this.pages.map((page) => {
      const image = make("img", {
        src: `/api/v1/documents/${this.id}/pages/${page.number}.png?dpi=110`, loading: "lazy", alt: `${page.number}`,
        width: Math.round(page.width), height: Math.round(page.height),
      });
      return make("figure", { "data-page": page.number }, image);
    }));
    return this.pages.length > 0;
  }

  async box(value) {
    for (const old of byId("pages").querySelectorAll(".box")) old.remove();
    if (!value || byId("pages").hidden) return;
    const boxes = await ask(`documents/${this.id}/boxes?start=${value.start}&end=${value.end}`);
    for (const [at, box] of boxes.entries()) {
      const page = this.pages[box.page - 1];
      const figure = byId("pages").querySelector(`[data-page="${box.page}"]`);
      const rectangle = make("span", { class: "box" });
      rectangle.style.left = `${(100 * box.x0) / page.width}%`;
      rectangle.style.top = `${(100 * box.y0) / page.height}%`;
      rectangle.style.width = `${(100 * (box.x1 - box.x0)) / page.width}%`;
      rectangle.style.height = `${(100 * (box.y1 - box.y0)) / page.height}%`;
      figure.append(rectangle);
      if (!at) rectangle.scrollIntoView({ block: "center" });
    }
  }
}
