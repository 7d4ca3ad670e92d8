/* What every script of ours needs of the page: making elements, and the token that proves a form is ours. */

export function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

export function cookieToken() {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return found ? found[1] : "";
}

export function fieldToken(form) {
  const field = form.elements.csrfmiddlewaretoken;
  return field ? field.value : "";
}
