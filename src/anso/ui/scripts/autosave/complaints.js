/* What the server found wrong with answers that it kept all the same. */

import { element } from "../shared/page.js";

export function showComplaints(form, messages) {
  for (const shown of form.querySelectorAll("[data-live-error]")) shown.remove();
  for (const [key, message] of Object.entries(messages)) {
    const field = document.getElementById(`f-${key}`);
    // Nobody is told off while still typing, nor twice.
    if (!field || field === document.activeElement || document.getElementById(`error-${key}`)) continue;
    const sentence = element("p", { className: "error", textContent: message });
    sentence.dataset.liveError = "";
    field.before(sentence);
  }
}
