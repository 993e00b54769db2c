"use strict";
(() => {
  const text = document.getElementById("text");
  const nav = document.getElementById("nav");
  const tip = document.getElementById("tip");
  const filter = document.getElementById("filter");
  const segments = [...text.querySelectorAll("[data-o]")];
  const starts = segments.map((segment) => Number(segment.dataset.o));
  const links = [...nav.querySelectorAll("a[data-r]")];
  const rangesOf = (link) => link.dataset.r.split(" ").map((range) => range.split("-").map(Number));

  // The index of the first number in `sorted` that is not below `value`.
  const lowerBound = (sorted, value) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  // -- marking a span and its link --

  let lit = [];
  let current = null;

  const clear = () => {
    for (const segment of lit) segment.classList.remove("hit");
    lit = [];
    if (current) current.removeAttribute("aria-current");
    current = null;
  };

  const unfold = (link) => {
    for (let box = link.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  };

  const show = (link, { jump }) => {
    clear();
    for (const [start, end] of rangesOf(link)) {
      for (let at = lowerBound(starts, start); at < starts.length && starts[at] < end; at += 1) {
        segments[at].classList.add("hit");
        lit.push(segments[at]);
      }
    }
    current = link;
    link.setAttribute("aria-current", "location");
    unfold(link);
    if (jump && lit.length) {
      lit[0].scrollIntoView({ block: lit.length > 60 ? "start" : "center" });
      history.replaceState(null, "", link.getAttribute("href"));
    } else {
      link.scrollIntoView({ block: "nearest" });
    }
  };

  nav.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-r]");
    if (!link) return;
    event.preventDefault();
    focusOn(link);
    show(link, { jump: true });
  });

  // -- from the text to the outline: the innermost section at the place that was clicked --

  const sections = links
    .filter((link) => link.classList.contains("sec"))
    .map((link) => ({ link, start: rangesOf(link)[0][0], end: rangesOf(link)[0][1] }))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const sectionStarts = sections.map((section) => section.start);

  text.addEventListener("click", (event) => {
    const segment = event.target.closest("[data-o]");
    if (!segment || String(getSelection())) return;
    const offset = Number(segment.dataset.o);
    let at = lowerBound(sectionStarts, offset + 1) - 1;
    while (at >= 0 && sections[at].end <= offset) at -= 1;
    if (at >= 0) show(sections[at].link, { jump: false });
    else clear();
  });

  // -- tooltips --

  const hideTip = () => {
    tip.hidden = true;
  };

  text.addEventListener("mouseover", (event) => {
    const segment = event.target.closest("[data-t]");
    if (!segment) {
      hideTip();
      return;
    }
    tip.textContent = segment.dataset.t;
    tip.hidden = false;
    const box = segment.getClientRects()[0];
    const left = Math.min(Math.max(8, event.clientX - 20), innerWidth - tip.offsetWidth - 8);
    const above = Math.max(box.top, event.clientY - 24) - tip.offsetHeight - 6;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > 4 ? above : event.clientY + 22}px`;
  });
  text.addEventListener("mouseleave", hideTip);
  text.addEventListener("scroll", hideTip, { passive: true });

  // -- switches --

  for (const box of document.querySelectorAll("input[data-kind]")) {
    box.addEventListener("change", () => {
      for (const segment of text.getElementsByClassName(box.dataset.kind)) segment.classList.toggle("off", !box.checked);
    });
  }
  document.getElementById("mono").addEventListener("change", (event) => {
    text.classList.toggle("mono", event.target.checked);
  });

  // -- filter: without diacritics, an item stays with its parents and its children --

  const plain = (value) => value.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const items = [...nav.querySelectorAll(".tree li")];
  const names = items.map((item) => plain(item.querySelector("a").textContent));
  filter.addEventListener("input", () => {
    const wanted = plain(filter.value.trim());
    for (const item of items) item.hidden = wanted !== "";
    if (!wanted) return;
    items.forEach((item, at) => {
      if (!names[at].includes(wanted)) return;
      for (const inner of item.querySelectorAll("li")) inner.hidden = false;
      for (let up = item; up; up = up.parentElement.closest(".tree li")) {
        up.hidden = false;
        const box = up.parentElement.closest("details");
        if (box) box.open = true;
      }
    });
  });

  // -- keyboard: one stop for the whole outline, arrows inside it --

  let stop = null;
  for (const link of links) link.tabIndex = -1;
  const setStop = (link) => {
    if (stop) stop.tabIndex = -1;
    stop = link;
    stop.tabIndex = 0;
  };
  const focusOn = (link) => {
    setStop(link);
    link.focus({ preventScroll: false });
  };
  if (links.length) setStop(links[0]);
  const step = (from, by) => {
    for (let at = links.indexOf(from) + by; at >= 0 && at < links.length; at += by) {
      if (links[at].checkVisibility ? links[at].checkVisibility() : links[at].offsetParent) return links[at];
    }
    return from;
  };
  nav.addEventListener("keydown", (event) => {
    const link = event.target.closest("a[data-r]");
    if (!link) return;
    const box = link.closest("summary") ? link.closest("details") : null;
    const outer = (box ?? link).parentElement.closest("details");
    const up = outer ? outer.querySelector(":scope > summary > a[data-r]") : null;
    if (event.key === "ArrowDown") focusOn(step(link, 1));
    else if (event.key === "ArrowUp") focusOn(step(link, -1));
    else if (event.key === "ArrowRight" && box && !box.open) box.open = true;
    else if (event.key === "ArrowRight") focusOn(step(link, 1));
    else if (event.key === "ArrowLeft" && box && box.open) box.open = false;
    else if (event.key === "ArrowLeft" && up) focusOn(up);
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && event.target !== filter) {
      event.preventDefault();
      filter.focus();
    } else if (event.key === "Escape") {
      clear();
      hideTip();
    }
  });

  // -- a link to a place --

  const wanted = links.find((link) => link.getAttribute("href") === location.hash);
  if (wanted && location.hash) show(wanted, { jump: true });
})();
