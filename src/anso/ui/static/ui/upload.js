/* Sends a chosen file in pieces and goes on where the line broke. Without this script the file travels with the form.
   <input type="file" data-upload="URL" data-max="10485760"> after an element [data-upload-list] (ui/file_field.html).
   POST URL with Upload-Length and Upload-Metadata -> 201 Location; PATCH pieces with Upload-Offset; HEAD tells the offset. */
(() => {
"use strict";
const PIECE = 262144, PATIENCE = 8;
const element = (tag, props, ...children) => { const e = Object.assign(document.createElement(tag), props); e.append(...children); return e; };
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const size = (n) => n < 1048576 ? `${Math.max(1, Math.round(n / 1024))} kB` : `${(n / 1048576).toFixed(1)} MB`;
const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

function token(form) {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return cookie ? cookie[1] : form.elements.csrfmiddlewaretoken ? form.elements.csrfmiddlewaretoken.value : "";
}
function call(url, method, form, headers, body) {
  return fetch(url, {method, body, credentials: "same-origin",
    headers: {"Tus-Resumable": "1.0.0", Accept: "application/json", "X-CSRFToken": token(form), ...headers}});
}
async function reasonOf(answer) {
  try { const reply = await answer.json(); return reply.reason || reply.detail || ""; } catch (e) { return ""; }
}
class Refusal extends Error {}

/* Open an upload, or find the one that was begun with the same file before. */
async function open(input, file) {
  const {form, dataset} = input, name = `anso-upload:${dataset.upload}:${input.name}:${file.name}:${file.size}:${file.lastModified}`;
  let known = null;
  try { known = localStorage.getItem(name); } catch (e) { /* no store, no resuming after a reload */ }
  if (known) {
    const head = await call(known, "HEAD", form, {});
    if (head.ok) return {url: known, offset: +head.headers.get("Upload-Offset") || 0, name};
  }
  const meta = `filename ${base64(file.name)},filetype ${base64(file.type || "")},field ${base64(input.name)}`;
  const answer = await call(dataset.upload, "POST", form, {"Upload-Length": String(file.size), "Upload-Metadata": meta});
  if (!answer.ok) throw new Refusal(await reasonOf(answer));
  const url = answer.headers.get("Location");
  try { localStorage.setItem(name, url); } catch (e) { /* as above */ }
  return {url, offset: 0, name};
}
async function send(input, file, told) {
  let upload = null, failures = 0, reply = {};
  while (!upload || upload.offset < file.size) {
    try {
      upload = upload || await open(input, file);
      const answer = await call(upload.url, "PATCH", input.form,
        {"Upload-Offset": String(upload.offset), "Content-Type": "application/offset+octet-stream"},
        file.slice(upload.offset, upload.offset + PIECE));
      if (answer.status === 409) {
        const head = await call(upload.url, "HEAD", input.form, {});
        upload.offset = +head.headers.get("Upload-Offset") || 0;
      } else if (answer.ok) {
        upload.offset = +answer.headers.get("Upload-Offset") || upload.offset + PIECE;
        if (/json/.test(answer.headers.get("Content-Type") || "")) reply = await answer.json();
      } else if (answer.status < 500 && answer.status !== 429) throw new Refusal(await reasonOf(answer));
      else throw new Error(String(answer.status));
      failures = 0;
      told(upload.offset, false);
    } catch (fault) {
      if (fault instanceof Refusal || ++failures > PATIENCE) { try { localStorage.removeItem(upload && upload.name); } catch (e) { /* none */ } throw fault; }
      told(upload ? upload.offset : 0, true);
      await wait(Math.min(60000, 1000 * 2 ** failures));
      if (upload) { const head = await call(upload.url, "HEAD", input.form, {}).catch(() => null); if (head && head.ok) upload.offset = +head.headers.get("Upload-Offset") || 0; }
    }
  }
  try { localStorage.removeItem(upload.name); } catch (e) { /* none */ }
  return reply;
}
function take(input, list, file) {
  const say = list.dataset, note = element("div", {className: "small num"}), bar = element("progress", {max: Math.max(1, file.size), value: 0});
  bar.setAttribute("aria-label", file.name);
  const row = element("div", {className: "file"}, element("div", {}, element("span", {className: "name", dir: "auto", textContent: file.name}), note), bar);
  note.setAttribute("role", "status");
  list.append(row);
  const fail = (text) => { row.classList.add("wrong"); note.className = "error"; note.textContent = text; bar.remove(); };
  if (input.dataset.max && file.size > +input.dataset.max) return Promise.resolve(fail(say.tooLarge.replace("#", size(+input.dataset.max))));
  note.textContent = size(file.size);
  return send(input, file, (done, waiting) => {
    bar.value = done;
    note.textContent = waiting ? say.waiting : `${size(Math.min(done, file.size))} / ${size(file.size)}`;
  }).then((reply) => {
    bar.remove();
    note.textContent = [size(file.size), reply.receipt && `${say.receipt} ${reply.receipt}`].filter(Boolean).join(" · ");
    row.append(element("span", {className: "tag good", textContent: say.done}));
    input.dispatchEvent(new CustomEvent("anso:uploaded", {bubbles: true, detail: reply}));
  }, (fault) => fail(fault instanceof Refusal && fault.message ? fault.message : say.failed));
}
for (const input of document.querySelectorAll("input[type=file][data-upload]")) {
  const list = input.parentElement.querySelector("[data-upload-list]");
  input.addEventListener("change", async () => {
    const files = [...input.files];
    input.value = "";
    for (const file of files) await take(input, list, file);
  });
}
})();
