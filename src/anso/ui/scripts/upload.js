/* Sends a chosen file in pieces and goes on where the line broke. Without this script the file travels with the form.
   <input type="file" data-upload="URL" data-max="10485760"> after an element [data-upload-list] (ui/file_field.html).
   Fires anso:uploaded on the input, with the server's answer. */

import { readableSize, UploadRow } from "./upload/row.js";
import { Refusal, sendFile } from "./upload/sending.js";

function goOnFrom(input, purpose) {
  const address = new URL(input.dataset.upload, location.href);
  address.searchParams.set("purpose", purpose);
  input.dataset.upload = address.pathname + address.search;
}

async function take(input, list, file) {
  const row = new UploadRow(list, file);
  const limit = Number(input.dataset.max);
  if (limit && file.size > limit) {
    row.showFailure(list.dataset.tooLarge.replace("#", readableSize(limit)));
    return;
  }
  try {
    const reply = await sendFile(input, file, (offset, isWaiting) => row.showProgress(offset, isWaiting));
    row.showDone(reply.receipt);
    if (reply.purpose) goOnFrom(input, reply.purpose); // the next file takes the place of this one, and knows it
    input.dispatchEvent(new CustomEvent("anso:uploaded", { bubbles: true, detail: reply }));
  } catch (fault) {
    row.showFailure((fault instanceof Refusal && fault.message) || list.dataset.failed);
  }
}

for (const input of document.querySelectorAll("input[type=file][data-upload]")) {
  const list = input.parentElement.querySelector("[data-upload-list]");
  input.addEventListener("change", async () => {
    const files = [...input.files];
    // Emptied at once: the form must not carry the same file a second time.
    input.value = "";
    for (const file of files) await take(input, list, file);
  });
}
