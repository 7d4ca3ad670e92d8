/* The small store of the browser. It may be full, forbidden or wiped: nothing may depend on it, so every fault here is
   an empty answer. */

export function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function namesThatBegin(start) {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(start));
  } catch {
    return [];
  }
}

export function recallObject(name) {
  try {
    return JSON.parse(recall(name));
  } catch {
    return null;
  }
}

export function remember(name, text) {
  try {
    localStorage.setItem(name, text);
  } catch {
    /* the copy on the server remains */
  }
}

export function forget(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    /* nothing was kept there */
  }
}
