/* What the form builds on when it is sent by its button: the revision and the marks of ui/draft_base.html. */

export function tellBase(form, revision, savedKeys = []) {
  const { revision: field, marks } = form.elements;
  if (field) field.value = revision;
  if (!marks) return;
  // A mark says "as the page showed it". What was saved since is compared with the server instead: who types a saved
  // answer back to what the page first showed has changed it.
  const left = JSON.parse(marks.value || "{}");
  for (const key of savedKeys) delete left[key];
  marks.value = JSON.stringify(left);
}

/* Parts that another tab changed and for which this page has no field, such as a file. */
export function tellUnseen(form, keys) {
  const field = form.elements.unseen;
  if (field && keys.length) field.value = [...new Set([...field.value.split(" "), ...keys])].join(" ").trim();
}
