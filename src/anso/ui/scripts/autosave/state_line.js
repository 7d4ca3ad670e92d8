/* The line that says what became of the last save: the element [data-save-state], which brings all sentences in the
   reader's language. A page without that line saves all the same. */

import { element } from "../shared/page.js";

export class StateLine {
  constructor(line) {
    this.line = line;
    this.words = line ? line.dataset : {};
  }

  show(kind, values = {}, extra = null) {
    if (!this.line) return;
    const isSaved = kind === "saved";
    this.line.className = isSaved ? "saved" : "kept";
    // "Saved" comes every few seconds: a screen reader tells only what went wrong.
    this.line.setAttribute("aria-live", isSaved ? "off" : "polite");
    this.line.textContent = (this.words[kind] || kind).replace(/\{(\w+)\}/g, (_, name) => values[name] || "");
    if (extra) this.line.append(" ", extra);
  }

  showSaved(at, receipt) {
    const time = new Date(at).toLocaleTimeString(document.documentElement.lang, { hour12: false });
    const city = Intl.DateTimeFormat().resolvedOptions().timeZone.split("/").pop().replaceAll("_", " ");
    this.show("saved", { time: `${time} (${city})`, receipt });
  }

  /* In a new tab: what is typed stays where it is. */
  showExpired(address) {
    const href = address || "/accounts/login/";
    const textContent = this.words.signIn || href;
    this.show("expired", {}, element("a", { href, target: "_blank", rel: "noopener", textContent }));
  }
}
