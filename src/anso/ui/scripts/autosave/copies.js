/* What has not reached the server, kept on the device: one copy for each time a page was opened. Two sections of one
   form, or two tabs of one section, never write over each other's. */

import { forget, namesThatBegin, recallObject, remember } from "../shared/device.js";
import { newToken } from "../shared/random.js";

export class Copies {
  constructor(url) {
    this.page = `anso:${url}|${location.pathname}|`;
    this.own = this.page + newToken();
  }

  /* At: when the newest of it was typed, not when it was copied. */
  keep(at, base, fields) {
    if (Object.keys(fields).length) remember(this.own, JSON.stringify({ at, base, fields }));
    else forget(this.own);
  }

  /* Whether an answer is safe in this tab's own copy: the store may be full. */
  holds(key) {
    return key in (recallObject(this.own)?.fields ?? {});
  }

  /* What other visits and other tabs left, the newest first. */
  left() {
    return namesThatBegin(this.page)
      .filter((name) => name !== this.own)
      .map((name) => ({ name, ...recallObject(name) }))
      .filter((copy) => copy.fields)
      .sort((one, other) => other.at - one.at);
  }

  /* An answer has found its place: it leaves the copy in which it was found. */
  drop(name, key) {
    const copy = recallObject(name);
    if (!copy?.fields) return;
    delete copy.fields[key];
    if (Object.keys(copy.fields).length) remember(name, JSON.stringify(copy));
    else forget(name);
  }
}
