/* Keeps what is typed: counts text, sends changed fields, keeps a copy on the device while the line is down.
   <form data-autosave="URL" data-revision="3" data-saved-at="…" data-sign-in="URL"> with an element [data-save-state] (ui/save_state.html). */
(() => {
"use strict";
const APART = 20000, JITTER = 5000, LIMIT = 60000;

/* The same rule as anso/kernel/text.py. */
const CJK = "\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{3134f}";
const SPACE = "\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
const WIDE = "\\u3001-\\u3004\\u3008-\\u303f\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65";
const WORD = new RegExp(`[${CJK}]|[^${CJK}${SPACE}${WIDE}]+`, "gu");
const MARK = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u200c\u200d]/gu;
const normalise = (text) => text.replace(/\r\n?/g, "\n").normalize("NFC");
const countWords = (text) => (normalise(text).match(WORD) || []).length;
const countCharacters = (text) => [...normalise(text).replace(MARK, "")].length;
window.ansoText = {countWords, countCharacters};

function recount(output) {
  const text = document.getElementById(output.htmlFor.value).value;
  const count = output.dataset.count === "words" ? countWords(text) : countCharacters(text);
  output.textContent = output.dataset.pattern.replace("#", count.toLocaleString("en"));
  output.classList.toggle("over", count > +output.dataset.limit);
}
for (const output of document.querySelectorAll("output[data-count]")) {
  const text = document.getElementById(output.htmlFor.value);
  let later;
  if (text) text.addEventListener("input", () => { clearTimeout(later); later = setTimeout(recount, 250, output); });
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const uuid = () => crypto.randomUUID ? crypto.randomUUID()
  : "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (+c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (+c / 4)))).toString(16));
const element = (tag, props, ...children) => { const e = Object.assign(document.createElement(tag), props); e.append(...children); return e; };

/* All answers of the form by key: one text, a list for boxes, codes in order for a ranking. */
function read(form) {
  const found = {}, places = {};
  for (const e of form.elements) {
    if (!e.name || e.disabled || ["hidden", "file", "submit", "button"].includes(e.type)) continue;
    const [key, code] = e.name.split(":");
    if (code && e.tagName === "INPUT") (found[key] = found[key] || {})[code] = e.value;
    else if (code) { (places[key] = places[key] || []); if (e.value) places[key].push([+e.value, code]); }
    else if (e.type === "checkbox" && e.closest(".opts")) { found[key] = found[key] || []; if (e.checked) found[key].push(e.value); }
    else if (e.type === "checkbox") found[key] = e.checked ? e.value : "";
    else if (e.type === "radio") { if (e.checked) found[key] = e.value; else if (!(key in found)) found[key] = ""; }
    else found[key] = e.value;
  }
  for (const key in places) found[key] = places[key].sort((a, b) => a[0] - b[0]).map((p) => p[1]);
  return found;
}
function write(form, key, value) {
  for (const e of form.elements) {
    const [name, code] = (e.name || "").split(":");
    if (name !== key || e.type === "file") continue;
    if (code && e.tagName === "INPUT") e.value = value[code] || "";
    else if (code) e.value = value.includes(code) ? value.indexOf(code) + 1 : "";
    else if (e.type === "checkbox" || e.type === "radio") e.checked = Array.isArray(value) ? value.includes(e.value) : value === e.value;
    else e.value = value;
  }
  const output = document.getElementById("count-" + key);
  if (output) recount(output);
}

function keep(form) {
  const {autosave: url, signIn} = form.dataset;
  const line = document.querySelector("[data-save-state]");
  const say = line ? line.dataset : {};
  const name = "anso:" + url;
  let revision = +form.dataset.revision || 0, base = read(form), pending = null, busy = false;
  let lastSent = 0, failures = 0, timer = 0, due = 0, held = new Set();

  function show(kind, values = {}, extra) {
    if (!line) return;
    line.className = kind === "saved" ? "saved" : "kept";
    line.setAttribute("aria-live", kind === "saved" ? "off" : "polite");
    line.textContent = (say[kind] || kind).replace(/\{(\w+)\}/g, (_, k) => values[k] || "");
    if (extra) line.append(" ", extra);
  }
  function changed() {
    const now = read(form), fields = {};
    for (const key in now) if (!same(now[key], base[key]) && !held.has(key)) fields[key] = now[key];
    return fields;
  }
  function store() {
    const now = read(form), fields = {};
    for (const key in now) if (!same(now[key], base[key])) fields[key] = now[key];
    try {
      if (Object.keys(fields).length) localStorage.setItem(name, JSON.stringify({at: Date.now(), base: revision, fields}));
      else localStorage.removeItem(name);
    } catch (e) { /* a full or forbidden store: the server copy remains */ }
  }
  function schedule(wait) {
    const at = Date.now() + wait;
    if (timer && due <= at) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(send, wait);
  }
  const soon = () => schedule(failures ? Math.min(300000, 5000 * 2 ** failures) + Math.random() * JITTER
    : Math.max(2000, lastSent + APART - Date.now() + Math.random() * JITTER));

  async function send() {
    clearTimeout(timer); timer = 0;
    if (busy) return;
    const fields = changed();
    if (!pending && !Object.keys(fields).length) return;
    pending = pending || {fields, base: revision, token: uuid()};
    const body = JSON.stringify(pending);
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    const hidden = form.elements.csrfmiddlewaretoken;
    if (cookie && hidden && lost) hidden.value = cookie[1];
    busy = true; lastSent = Date.now();
    let answer, reply = {};
    try {
      answer = await fetch(url, {method: "POST", body, keepalive: body.length < LIMIT, credentials: "same-origin",
        headers: {"Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": hidden ? hidden.value : cookie ? cookie[1] : ""}});
      if (/json/.test(answer.headers.get("Content-Type") || "")) reply = await answer.json();
    } catch (e) { answer = null; }
    busy = false;
    settle(answer, reply);
  }
  let lost = false;
  function settle(answer, reply) {
    const status = answer ? (answer.redirected ? 401 : answer.status) : 0;
    if ((status === 200 || status === 422) && reply.revision !== undefined) {
      Object.assign(base, pending.fields);
      revision = reply.revision; pending = null; failures = 0; lost = false;
      if (form.elements.revision) form.elements.revision.value = revision;
      for (const e of form.querySelectorAll("[data-live-error]")) e.remove();
      for (const key in reply.errors || {}) complain(key, reply.errors[key]);
      show("saved", {time: new Date(reply.saved_at).toLocaleTimeString(document.documentElement.lang, {hour12: false}), receipt: reply.receipt});
      store();
      if (Object.keys(changed()).length) soon();
    } else if (status === 409 && reply.conflicts) {
      revision = reply.revision; pending = null;
      for (const key in reply.conflicts) choose(key, reply.conflicts[key]);
      show("both"); store(); soon();
    } else if ([401, 403, 404, 410].includes(status)) {
      pending = null; lost = true; store();
      if (reply.reason) show("reason", {reason: reply.reason});
      else show("expired", {}, element("a", {href: signIn || "/accounts/login/", target: "_blank", rel: "noopener", textContent: say.signIn || signIn}));
    } else {
      if (status === 400 || status === 413) pending = null;
      failures = Math.min(failures + 1, 6); store(); show("offline"); soon();
    }
  }
      function complain(key, message) {
    const e = document.getElementById("f-" + key);
    if (!e || document.getElementById("error-" + key) || e === document.activeElement) return;
    const p = element("p", {className: "error", textContent: message});
    p.dataset.liveError = "";
    e.before(p);
  }
  /* Two tabs, two texts: show both, let the person choose, lose neither. */
  function choose(key, {yours, theirs}) {
    if (held.has(key)) return;
    held.add(key);
    const text = (v) => typeof v === "object" && v ? Object.values(v).join(", ") : String(v);
    const box = element("div", {className: "call attn"});
    const take = (value, word) => {
      const b = element("button", {type: "button", className: "btn plain low", textContent: word});
      b.onclick = () => { base[key] = theirs; held.delete(key); write(form, key, value); box.remove(); store(); schedule(500); };
      return b;
    };
    box.append(element("p", {textContent: say.twoTexts || ""}), element("div", {className: "two"},
      element("div", {dir: "auto", textContent: text(yours)}), element("div", {dir: "auto", textContent: text(theirs)})),
      element("div", {className: "acts"}, take(yours, say.mine || "1"), take(theirs, say.theirs || "2")));
    const e = document.getElementById("f-" + key) || form.firstElementChild;
    e.after(box);
  }
  function restore() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(name)); } catch (e) { return; }
    if (!kept) return;
    const now = read(form), server = Date.parse(form.dataset.savedAt) || 0;
    const trim = (v) => typeof v === "string" ? v.replace(/\r\n?/g, "\n").trim() : JSON.stringify(v);
    let any = false;
    for (const key in kept.fields) {
      if (!(key in now) || trim(kept.fields[key]) === trim(now[key])) continue;
      any = true;
      if (kept.base >= revision || kept.at > server) write(form, key, kept.fields[key]);
      else choose(key, {yours: kept.fields[key], theirs: now[key]});
    }
    if (any) { if (kept.at > server) revision = Math.min(revision, kept.base) || revision; show("restored"); schedule(1000); } else store();
  }

  let later;
  form.addEventListener("input", () => { clearTimeout(later); later = setTimeout(store, 400); if (!lost) soon(); });
  form.addEventListener("focusout", () => { store(); if (!failures && !lost && Date.now() - lastSent > APART) schedule(300); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) { store(); send(); } else if (lost || failures) { schedule(500); } });
  addEventListener("pagehide", () => { store(); send(); });
  addEventListener("online", () => schedule(500 + Math.random() * JITTER));
  addEventListener("offline", () => { store(); show("offline"); });
  /* A save still under way counts as this tab's own: the form that follows it builds on it. */
  form.addEventListener("submit", () => { store(); if (busy && form.elements.revision) form.elements.revision.value = revision + 1; });
  restore();
}
for (const form of document.querySelectorAll("form[data-autosave]")) keep(form);
})();
