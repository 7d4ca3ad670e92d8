/* Two tabs, two texts: both are shown, the person chooses, neither is lost. */

import { element } from "../shared/page.js";

/* A code in the words that stand beside its control; nothing at all as a dash. */
function wordOf(form, key, code) {
  for (const control of form.elements) {
    if (control.name !== key) continue;
    const option = [...(control.options ?? [])].find(({ value }) => value === code);
    if (option) return option.textContent.trim();
    if (control.value === code && /^(radio|checkbox)$/.test(control.type)) {
      return control.labels?.[0]?.textContent.trim() || code;
    }
  }
  return code;
}

function asText(form, key, answer) {
  const parts = typeof answer === "object" && answer ? Object.values(answer) : [answer ?? ""];
  return parts.filter((part) => part !== "").map((part) => wordOf(form, key, String(part))).join(", ") || "–";
}

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
      element("div", { dir: "auto", textContent: asText(form, key, yours) }),
      element("div", { dir: "auto", textContent: asText(form, key, theirs) }),
    ),
    element("div", { className: "acts" }, choose(yours, words.mine || "1"), choose(theirs, words.theirs || "2")),
  );
  (document.getElementById(`f-${key}`) || form.firstElementChild).after(box);
}
