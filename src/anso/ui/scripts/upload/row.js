/* The row below a file field that says what becomes of one file, in the sentences of [data-upload-list]. */

import { element } from "../shared/page.js";

const KILO = 1_024;
const MEGA = 1_048_576;

export const readableSize = (bytes) =>
  bytes < MEGA ? `${Math.max(1, Math.round(bytes / KILO))} kB` : `${(bytes / MEGA).toFixed(1)} MB`;

export class UploadRow {
  constructor(list, file) {
    this.words = list.dataset;
    this.size = file.size;
    this.note = element("div", { className: "small num", textContent: readableSize(file.size) });
    this.note.setAttribute("role", "status");
    this.progress = element("progress", { max: Math.max(1, file.size), value: 0 });
    this.progress.setAttribute("aria-label", file.name);
    const name = element("span", { className: "name", dir: "auto", textContent: file.name });
    this.row = element("div", { className: "file" }, element("div", {}, name, this.note), this.progress);
    list.append(this.row);
  }

  showProgress(offset, isWaiting) {
    this.progress.value = offset;
    this.note.textContent = isWaiting
      ? this.words.waiting
      : `${readableSize(Math.min(offset, this.size))} / ${readableSize(this.size)}`;
  }

  showDone(receipt) {
    this.progress.remove();
    const told = receipt ? [readableSize(this.size), `${this.words.receipt} ${receipt}`] : [readableSize(this.size)];
    this.note.textContent = told.join(" · ");
    this.row.append(element("span", { className: "tag good", textContent: this.words.done }));
  }

  showFailure(sentence) {
    this.row.classList.add("wrong");
    this.note.className = "error";
    this.note.textContent = sentence;
    this.progress.remove();
  }
}
