// What the pages ask the server. Documents' words only ever become text nodes, never HTML.

import { language } from "./texts.js";

const API = "/api/v1/";

function token() {
  const found = document.cookie.split("; ").find((one) => one.startsWith("nq_csrf="));
  return found ? found.slice("nq_csrf=".length) : "";
}

export class Refused extends Error {
  constructor(status, problem) {
    const [said, hint] = language ? [problem.message, problem.hint] : [problem.message_vi || problem.message, problem.hint_vi];
    super([said || String(status), hint].filter(Boolean).join(". "));
    this.status = status;
  }
}

export async function ask(path, body) {
  const options = body === undefined ? {} : {
    method: "POST", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", "X-CSRF-Token": token() },
  };
  const answer = await fetch(API + path, options);
  if (answer.status === 401 && location.pathname !== "/login") location.assign("/login");
  if (answer.status === 204) return null;
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, data);
  return data;
}

export function upload(file, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${API}documents`);
    request.setRequestHeader("X-CSRF-Token", token());
    request.upload.addEventListener("progress", (event) => progress(event.loaded / (event.total || 1)));
    request.addEventListener("error", () => reject(new Error(file.name)));
    request.addEventListener("load", () => {
      let data = {};
      try { data = JSON.parse(request.responseText); } catch { /* the status tells */ }
      if (request.status < 300) resolve(data); else reject(new Refused(request.status, data));
    });
    const form = new FormData();
    form.append("file", file);
    request.send(form);
  });
}

export function tell(words, isFault = false) {
  const place = document.getElementById("told");
  place.textContent = words;
  place.classList.toggle("fault", isFault);
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { place.textContent = ""; }, isFault ? 8000 : 3000);
}

export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}
