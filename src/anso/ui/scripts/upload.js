/* Sends a chosen file in pieces and goes on where the line broke. Without this script the file travels with the form.
   <input type="file" data-upload="URL" data-max="10485760"> after an element [data-upload-list] (ui/markup.py).
   Fires anso:uploaded on the input, with the server's answer. */

import { element } from "./shared/page.js";
import { readableSize, UploadRow } from "./upload/row.js";
import { Refusal, sendFile } from "./upload/sending.js";

function goOnFrom(input, purpose) {
  const address = new URL(input.dataset.upload, location.href);
  address.searchParams.set("purpose", purpose);
  input.dataset.upload = address.pathname + address.search;
}

/* Forms whose button was pressed while files are on their way go on when these have arrived. */
const underway = new Map();

function begin(form) {
  if (!underway.has(form)) {
    underway.set(form, { count: 0, pressed: null });
    form.addEventListener(
      "submit",
      (event) => {
        const files = underway.get(form);
        if (!files.count) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        files.pressed = { button: event.submitter };
        for (const list of form.querySelectorAll("[data-upload-list]")) {
          if (list.querySelector("progress")) tellWaiting(list);
        }
      },
      true,
    );
  }
  underway.get(form).count += 1;
}

function end(form, isWell) {
  const files = underway.get(form);
  files.count -= 1;
  for (const note of form.querySelectorAll("[data-upload-waiting]")) note.remove();
  if (!isWell) files.pressed = null; // what went wrong must be seen
  if (files.count || !files.pressed) return;
  const { button } = files.pressed;
  files.pressed = null;
  form.requestSubmit(button);
}

function tellWaiting(list) {
  if (list.querySelector("[data-upload-waiting]")) return;
  const note = element("p", { className: "small", textContent: list.dataset.going });
  note.setAttribute("role", "status");
  note.dataset.uploadWaiting = "";
  list.append(note);
}

async function take(input, list, file) {
  const row = new UploadRow(list, file);
  const limit = Number(input.dataset.max);
  if (limit && file.size > limit) {
    row.showFailure(list.dataset.tooLarge.replace("#", readableSize(limit)));
    return false;
  }
  try {
    const reply = await sendFile(input, file, (offset, isWaiting) => row.showProgress(offset, isWaiting));
    row.showDone(reply.receipt);
    if (reply.purpose) goOnFrom(input, reply.purpose); // the next file takes the place of this one, and knows it
    input.dispatchEvent(new CustomEvent("anso:uploaded", { bubbles: true, detail: reply }));
    return true;
  } catch (fault) {
    row.showFailure((fault instanceof Refusal && fault.message) || list.dataset.failed);
    return false;
  }
}

for (const input of document.querySelectorAll("input[type=file][data-upload]")) {
  const list = input.parentElement.querySelector("[data-upload-list]");
  input.addEventListener("change", async () => {
    const files = [...input.files];
    // Emptied at once: the form must not carry the same file a second time.
    input.value = "";
    files.forEach(() => begin(input.form));
    for (const file of files) end(input.form, await take(input, list, file));
  });
}
