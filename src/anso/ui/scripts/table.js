/* Choosing rows by keyboard in tables with [data-select]: up and down (or j and k) move, space or x chooses, shift
   extends, ctrl-a chooses all, escape none, enter opens the first link. The boxes work without this script. */

import { Selection } from "./table/selection.js";

const STEPS = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
const TYPING = "input:not([type=checkbox]),select,textarea";

/* Do what a key asks for; says whether it asked for anything. `isOnRow`: not on a link or box inside of it. */
function press(selection, row, event, isOnRow) {
  const { key, shiftKey } = event;
  if (key in STEPS && !event.ctrlKey) selection.move(row, STEPS[key], shiftKey);
  else if (key === "a" && (event.ctrlKey || event.metaKey)) selection.chooseEvery(true);
  else if (key === "Escape") selection.chooseEvery(false);
  else if (isOnRow && (key === " " || key === "x")) selection.toggle(row, shiftKey);
  else if (isOnRow && key === "Enter") row.querySelector("a")?.click();
  else return false;
  return true;
}

function start(table) {
  const selection = new Selection(table);
  table.addEventListener("click", ({ target, shiftKey }) => {
    const row = target.closest("tbody tr");
    if (target === selection.master) selection.chooseEvery(target.checked);
    else if (row && target === selection.boxOf(row)) selection.choose(row, target.checked, shiftKey);
  });
  table.addEventListener("keydown", (event) => {
    const row = event.target.closest("tbody tr");
    if (!row || event.target.matches(TYPING)) return;
    if (press(selection, row, event, event.target === row)) event.preventDefault();
  });
  table.addEventListener("change", () => selection.refresh());
  selection.refresh(); // a page that the browser brings back may have boxes ticked
}

for (const table of document.querySelectorAll("table[data-select]")) start(table);
