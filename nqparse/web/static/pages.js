// The pages of the file: their pictures, boxes over them, and what is clicked or drawn over with the mouse.

import { ask, make, tell } from "./api.js";
import { t } from "./texts.js";

const STILL = 4; // pixels: who moves less has clicked
const SHARP = 110, SHARPEST = 220; // dots per inch of a picture

export class Pages {
  constructor(documentId, holder) {
    this.path = `documents/${documentId}`;
    this.holder = holder;
    this.sizes = new Map();
    this.chosen = null; // the place that was drawn over
    this.onPoint = () => {}; // is told the offset of a character that is clicked
    this.asked = {};
    holder.addEventListener("pointerdown", (event) => this.press(event));
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !document.querySelector("dialog[open]")) this.choose(null); });
  }

  get shown() { return !this.holder.hidden; }

  async load() {
    const sizes = await ask(`${this.path}/pages`);
    const dpi = Math.min(SHARPEST, Math.round(SHARP * (devicePixelRatio || 1)));
    this.sizes = new Map(sizes.map((page) => [page.number, page]));
    this.holder.replaceChildren(...sizes.map((page) => make("figure", { "data-page": page.number }, make("img", {
      src: `/api/v1/${this.path}/pages/${page.number}.png?dpi=${dpi}`, loading: "lazy", draggable: "false",
      alt: t("page", page.number), width: Math.round(page.width), height: Math.round(page.height),
    }))));
    return sizes.length > 0;
  }

  light(value) { return this.draw(value, "box"); }

  choose(place) {
    this.chosen = place;
    return this.draw(place, "box chosen");
  }

  // Draws the boxes of a place; what was asked for before, and comes later, is not drawn any more.
  async draw(place, name) {
    const asked = this.asked[name] = {};
    const old = [...this.holder.querySelectorAll(".box")].filter((one) => one.className === name);
    let found = [];
    if (place && this.shown) {
      const pieces = place.fragments || [[place.start, place.end]];
      try {
        found = (await Promise.all(pieces.map(([start, end]) => ask(`${this.path}/boxes?start=${start}&end=${end}`)))).flat();
      } catch (fault) { tell(fault.message, true); }
      if (asked !== this.asked[name]) return;
    }
    for (const one of old) one.remove();
    for (const [at, box] of found.entries()) {
      const rectangle = this.rectangle(box, name);
      if (!at && rectangle) rectangle.scrollIntoView({ block: "nearest" });
    }
  }

  rectangle(box, name) {
    const [page, figure] = [this.sizes.get(box.page), this.figure(box.page)];
    if (!figure) return null;
    const found = make("span", { class: name });
    place(found, page, box);
    figure.append(found);
    return found;
  }

  figure(number) { return this.holder.querySelector(`[data-page="${number}"]`); }

  press(event) {
    const figure = event.target.closest("figure");
    if (!figure || event.button !== 0 || event.pointerType === "touch") return; // a finger scrolls
    const page = this.sizes.get(Number(figure.dataset.page));
    const begun = pointOf(event, figure, page);
    const band = this.rectangle({ page: page.number, ...corners(begun, begun) }, "drawn");
    const still = (moved) => Math.hypot(moved.clientX - event.clientX, moved.clientY - event.clientY) < STILL;
    const move = (moved) => place(band, page, corners(begun, pointOf(moved, figure, page)));
    const end = (ended) => {
      for (const [type, listener] of Object.entries(listeners)) figure.removeEventListener(type, listener);
      band.remove();
      if (ended.type === "pointerup") this.meant(page, begun, still(ended) ? begun : pointOf(ended, figure, page));
    };
    const listeners = { pointermove: move, pointerup: end, pointercancel: end };
    for (const [type, listener] of Object.entries(listeners)) figure.addEventListener(type, listener);
    figure.setPointerCapture(event.pointerId);
  }

  async meant(page, begun, ended) {
    const query = new URLSearchParams({ page: page.number, x0: begun.x, y0: begun.y, x1: ended.x, y1: ended.y });
    try {
      const found = await ask(`${this.path}/span?${query}`);
      await this.choose(begun === ended ? null : found);
      if (begun === ended && found) this.onPoint(found.start);
    } catch (fault) { tell(fault.message, true); }
  }
}

function corners(one, other) {
  return { x0: Math.min(one.x, other.x), y0: Math.min(one.y, other.y), x1: Math.max(one.x, other.x), y1: Math.max(one.y, other.y) };
}

function pointOf(event, figure, page) {
  const frame = figure.firstElementChild.getBoundingClientRect();
  const inside = (at, size) => Math.max(0, Math.min(1, at / size));
  return { x: page.width * inside(event.clientX - frame.left, frame.width), y: page.height * inside(event.clientY - frame.top, frame.height) };
}

function place(element, page, box) {
  element.style.left = `${(100 * box.x0) / page.width}%`;
  element.style.top = `${(100 * box.y0) / page.height}%`;
  element.style.width = `${(100 * (box.x1 - box.x0)) / page.width}%`;
  element.style.height = `${(100 * (box.y1 - box.y0)) / page.height}%`;
}
