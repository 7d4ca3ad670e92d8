/* Rows of a list, such as partners: there is always one more to fill, and as many as an answer needs. */

import { addUp } from "./totals.js";

const numbered = (text, number) => text.replace(/:\d+([:-])/, `:${number}$1`);

export function withoutEmptyRows(rows) {
  return rows.filter((row) => row && Object.values(row).some((value) => value.trim()));
}

function addRow(list) {
  const last = list.lastElementChild;
  const added = last.cloneNode(true);
  const number = list.children.length;
  for (const control of added.querySelectorAll("[name]")) {
    control.name = numbered(control.name, number);
    control.id = numbered(control.id, number);
    control.value = "";
  }
  for (const label of added.querySelectorAll("label")) label.htmlFor = numbered(label.htmlFor, number);
  const legend = added.querySelector("legend");
  legend.textContent = legend.textContent.replace(String(number), String(number + 1));
  list.append(added);
}

/* As many rows as an answer has that another tab saved. */
export function makeRoom(form, key, answer) {
  const list = form.querySelector(`[data-rows="${key}"]`);
  while (list && list.children.length < answer.length) addRow(list);
}

/* Whoever types into the last row gets another one. */
export function keepSpareRow(form) {
  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-rows] > *");
    if (row && !row.nextElementSibling) addRow(row.parentElement);
    if (row) addUp(form);
  });
}
