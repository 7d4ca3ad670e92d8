/* Choosing rows by keyboard in tables with [data-select]: up and down (or j and k) move, space or x chooses, shift extends,
   ctrl-a chooses all, escape none, enter opens the first link. The boxes work without this script. */
(() => {
"use strict";
function ready(table) {
  const rows = () => [...table.tBodies[0].rows];
  const box = (row) => row.querySelector("td.pick input[type=checkbox]");
  const all = table.querySelector("[data-select-all]");
  const form = table.closest("form"), bulk = form && form.querySelector("[data-bulk-count]");
  let last = null;
  const resting = bulk ? bulk.textContent : "";

  function refresh() {
    const boxes = rows().map(box).filter(Boolean), chosen = boxes.filter((b) => b.checked).length;
    for (const row of rows()) { const b = box(row); if (b) row.classList.toggle("is-on", b.checked); }
    if (all) { all.checked = chosen > 0 && chosen === boxes.length; all.indeterminate = chosen > 0 && chosen < boxes.length; }
    if (bulk) bulk.textContent = chosen === 0 ? resting : chosen === 1 ? bulk.dataset.one : bulk.dataset.many.replace("#", chosen);
  }
  function choose(row, on, extend) {
    const list = rows(), to = list.indexOf(row), from = extend && last ? list.indexOf(last) : to;
    for (const one of list.slice(Math.min(from, to), Math.max(from, to) + 1)) { const b = box(one); if (b) b.checked = on; }
    last = row;
    refresh();
  }
  function move(row, by, extend) {
    const list = rows(), next = list[Math.max(0, Math.min(list.length - 1, list.indexOf(row) + by))];
    row.tabIndex = -1; next.tabIndex = 0; next.focus();
    if (extend) choose(next, true, true);
  }
  rows().forEach((row, n) => { row.tabIndex = n ? -1 : 0; });
  table.addEventListener("click", (event) => {
    if (event.target === all) { for (const row of rows()) { const b = box(row); if (b) b.checked = all.checked; } refresh(); return; }
    const row = event.target.closest("tbody tr");
    if (row && event.target === box(row)) choose(row, event.target.checked, event.shiftKey);
  });
  table.addEventListener("keydown", (event) => {
    const row = event.target.closest("tbody tr");
    if (!row || event.target.matches("input:not([type=checkbox]),select,textarea")) return;
    const key = event.key, on = event.target === row;
    if ((key === "ArrowDown" || key === "j") && !event.ctrlKey) move(row, 1, event.shiftKey);
    else if ((key === "ArrowUp" || key === "k") && !event.ctrlKey) move(row, -1, event.shiftKey);
    else if (on && (key === " " || key === "x")) { const b = box(row); if (b) choose(row, !b.checked, event.shiftKey); }
    else if (key === "a" && (event.ctrlKey || event.metaKey)) { for (const one of rows()) { const b = box(one); if (b) b.checked = true; } refresh(); }
    else if (key === "Escape") { for (const one of rows()) { const b = box(one); if (b) b.checked = false; } refresh(); }
    else if (on && key === "Enter") { const link = row.querySelector("a"); if (link) link.click(); }
    else return;
    event.preventDefault();
  });
  table.addEventListener("change", refresh);
  refresh();
}
const start = (root) => { for (const table of root.querySelectorAll("table[data-select]")) if (!table.dataset.ready) { table.dataset.ready = "1"; ready(table); } };
start(document);
document.addEventListener("htmx:afterSettle", (event) => start(event.target.parentElement || document));
})();
