/* "2 of 5 words" below a field: <output data-count="words|characters" data-limit="5" data-pattern="# of 5 words"
   for="ID of the field">. */

import { countCharacters, countWords } from "./text_length.js";

const PAUSE = 250; // long texts are not counted at every key

export function recount(output) {
  const { count: unit, limit, pattern } = output.dataset;
  const text = document.getElementById(output.htmlFor.value).value;
  const count = unit === "words" ? countWords(text) : countCharacters(text);
  output.textContent = pattern.replace("#", count.toLocaleString("en"));
  output.classList.toggle("over", count > Number(limit));
}

export function countWhileTyping(root) {
  for (const output of root.querySelectorAll("output[data-count]")) {
    const field = document.getElementById(output.htmlFor.value);
    let later;
    field?.addEventListener("input", () => {
      clearTimeout(later);
      later = setTimeout(recount, PAUSE, output);
    });
  }
}
