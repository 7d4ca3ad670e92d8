/* Answers of a form by the key of their question, in the shape of the question bank: one text, a list for boxes, codes
   in order for a ranking, parts by name for a person, rows of such parts for partners. A control is named "key",
   "key:code" or "key:row:part". */

import { recount } from "./counters.js";
import { makeRoom, withoutEmptyRows } from "./rows.js";
import { addUp } from "./totals.js";

const NO_ANSWERS = ["hidden", "file", "submit", "button"];

export const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export function readAnswers(form) {
  const answers = {};
  const places = {};
  const rows = {};
  for (const control of form.elements) {
    if (!control.name || control.matches(":disabled") || NO_ANSWERS.includes(control.type)) continue;
    if (control.closest("[data-two-texts]")) continue; // which of two texts to keep is no answer
    const [key, code, part] = control.name.split(":");
    if (part) {
      rows[key] ??= [];
      rows[key][code] = { ...rows[key][code], [part]: control.value }; // one part of one row
    } else if (code && control.tagName === "INPUT") {
      answers[key] = { ...answers[key], [code]: control.value }; // one part of a person
    } else if (code) {
      places[key] ??= [];
      if (control.value) places[key].push([Number(control.value), code]); // a place in a ranking
    } else if (control.type === "checkbox" && control.closest(".opts")) {
      answers[key] ??= [];
      if (control.checked) answers[key].push(control.value);
    } else if (control.type === "checkbox") {
      answers[key] = control.checked ? control.value : "";
    } else if (control.type === "radio") {
      if (control.checked) answers[key] = control.value;
      answers[key] ??= ""; // none chosen is an answer too
    } else {
      answers[key] = control.value;
    }
  }
  for (const [key, chosen] of Object.entries(places)) {
    answers[key] = chosen.sort(([one], [other]) => one - other).map(([, code]) => code);
  }
  for (const [key, listed] of Object.entries(rows)) answers[key] = withoutEmptyRows(listed);
  return answers;
}

export function writeAnswer(form, key, answer) {
  makeRoom(form, key, answer);
  for (const control of form.elements) {
    const [name, code, part] = (control.name || "").split(":");
    if (name !== key || control.type === "file") continue;
    if (part) {
      control.value = answer[code]?.[part] || "";
    } else if (code && control.tagName === "INPUT") {
      control.value = answer[code] || "";
    } else if (code) {
      control.value = answer.includes(code) ? answer.indexOf(code) + 1 : "";
    } else if (control.type === "checkbox" || control.type === "radio") {
      control.checked = Array.isArray(answer) ? answer.includes(control.value) : answer === control.value;
    } else {
      control.value = answer;
    }
  }
  addUp(form);
  const counter = document.getElementById(`count-${key}`);
  if (counter) recount(counter);
}

/* The answers that differ from what the server is known to have. */
export function answersThatDiffer(form, known) {
  const differing = {};
  for (const [key, answer] of Object.entries(readAnswers(form))) {
    if (!isSame(answer, known[key])) differing[key] = answer;
  }
  return differing;
}
