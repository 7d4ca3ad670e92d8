/* Questions that depend on other answers: shown at once when those answers say so, without a way to the server.
   <fieldset data-when='{"key": "level", "equals": "phd"}' data-question="title" hidden disabled> around each; without
   this script they wait for the next page. What was shown and hidden goes along when the form is sent. */

import { readAnswers } from "./answers.js";

const MOST_ROUNDS = 5; // one question may open another, and that one a third

const isAnswered = (answer) => Boolean(Array.isArray(answer) ? answer.length : answer);

function holds(when, answers) {
  if (when.all) return when.all.every((part) => holds(part, answers));
  if (when.any) return when.any.some((part) => holds(part, answers));
  const answer = answers[when.key];
  if ("answered" in when) return isAnswered(answer) === when.answered;
  const wanted = when.in ?? [when.equals];
  return (Array.isArray(answer) ? answer : [answer]).some((each) => wanted.includes(each));
}

function openAndClose(form, blocks) {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const answers = readAnswers(form);
    const turned = blocks.filter((block) => block.disabled === holds(JSON.parse(block.dataset.when), answers));
    if (!turned.length) break;
    for (const block of turned) block.disabled = block.hidden = !block.disabled;
  }
  const named = (isClosed) =>
    blocks.filter((block) => block.disabled === isClosed).map((block) => block.dataset.question).join(" ");
  form.elements.opened.value = named(false);
  form.elements.closed.value = named(true);
}

export function showWhatApplies(form) {
  // With the script everything is asked on this page, so the button does what stands on it at the end.
  for (const button of form.querySelectorAll("button[data-at-end]")) {
    button.value = button.dataset.atEnd;
    button.textContent = button.dataset.atEndLabel;
  }
  const blocks = [...form.querySelectorAll("fieldset[data-when]")];
  if (!blocks.length) return;
  const look = () => openAndClose(form, blocks);
  form.addEventListener("input", look);
  form.addEventListener("change", look);
  look();
}
