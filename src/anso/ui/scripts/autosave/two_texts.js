/* Two tabs, two texts: both are shown, the person chooses, neither is lost. */

import { element } from "../shared/page.js";

const asText = (answer) =>
  typeof answer === "object" && answer ? Object.values(answer).join(", ") : String(answer);

export function showBoth(form, key, { yours, theirs }, words, onChoice) {
  const choose = (answer, label) => {
    const button = element("button", { type: "button", className: "btn plain low", textContent: label });
    button.addEventListener("click", () => {
      box.remove();
      onChoice(answer);
    });
    return button;
  };
  const box = element(
    "div",
    { className: "call attn" },
    element("p", { textContent: words.twoTexts || "" }),
    element(
      "div",
      { className: "two" },
      element("div", { dir: "auto", textContent: asText(yours) }),
      element("div", { dir: "auto", textContent: asText(theirs) }),
    ),
    element("div", { className: "acts" }, choose(yours, words.mine || "1"), choose(theirs, words.theirs || "2")),
  );
  (document.getElementById(`f-${key}`) || form.firstElementChild).after(box);
}
