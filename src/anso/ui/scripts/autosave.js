/* Keeps what is typed: counts text, sends changed answers, keeps a copy on the device while the line is down.
   <form data-autosave="URL" data-revision="3" data-saved-at="…" data-sign-in="URL"> with an element
   [data-save-state] (ui/save_state.html) somewhere on the page. */

import { showWhatApplies } from "./autosave/conditions.js";
import { countWhileTyping } from "./autosave/counters.js";
import { Keeper } from "./autosave/keeper.js";
import { keepSpareRow } from "./autosave/rows.js";

countWhileTyping(document);
for (const form of document.querySelectorAll("form[data-autosave]")) {
  keepSpareRow(form);
  showWhatApplies(form);
  new Keeper(form).start();
}
