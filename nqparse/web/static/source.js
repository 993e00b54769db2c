// The left side: the text as it is, in which places light up, or the pages of the file.

import { Offsets } from "./offsets.js";
import { Pages } from "./pages.js";

const byId = (id) => document.getElementById(id);

export class Source {
  constructor(documentId) {
    this.text = null;
    this.pages = new Pages(documentId, byId("pages"));
  }

  show(document_) {
    if (this.text !== document_.text) {
      this.text = document_.text;
      this.offsets = new Offsets(this.text);
      this.node = document.createTextNode(this.text);
      byId("text").replaceChildren(this.node);
    }
    this.pages.choose(null);
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
    if (!value) { CSS.highlights?.delete("nq-active"); this.pages.light(null); return; }
    const pieces = value.fragments || [[value.start, value.end]];
    const ranges = pieces.map(([start, end]) => this.range(start, end));
    if (CSS.highlights) CSS.highlights.set("nq-active", new Highlight(...ranges));
    const holder = byId("source");
    if (!byId("text").hidden) {
      const [place, frame] = [ranges[0].getBoundingClientRect(), holder.getBoundingClientRect()];
      if (place.top < frame.top + 40 || place.bottom > frame.bottom - 40) holder.scrollTop += place.top - frame.top - frame.height / 3;
    }
    this.pages.light(value);
  }

  selected() {
    if (this.pages.shown) return this.drawn();
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (range.startContainer !== this.node || range.endContainer !== this.node) return null;
    const words = this.text.slice(range.startOffset, range.endOffset);
    const start = range.startOffset + (words.length - words.trimStart().length);
    const end = range.endOffset - (words.length - words.trimEnd().length);
    return end > start ? { start: this.offsets.toPoints(start), end: this.offsets.toPoints(end), quote: this.text.slice(start, end) } : null;
  }

  drawn() {
    const place = this.pages.chosen;
    if (!place) return null;
    const pieces = place.fragments || [[place.start, place.end]];
    const quote = pieces.map(([start, end]) => this.text.slice(this.offsets.toUnits(start), this.offsets.toUnits(end))).join("\n");
    return { start: place.start, end: place.end, quote, ...(place.fragments ? { fragments: place.fragments } : {}) };
  }

  pointAt(x, y) {
    const found = document.caretPositionFromPoint ? document.caretPositionFromPoint(x, y) : document.caretRangeFromPoint(x, y);
    const [node, offset] = found ? [found.offsetNode ?? found.startContainer, found.offset ?? found.startOffset] : [null, 0];
    return node === this.node ? this.offsets.toPoints(offset) : null;
  }
}
