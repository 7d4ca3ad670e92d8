/* One form that is kept: when a save leaves, what it carries, and what its answer means. The contract with the server
   is in docs/design-system.md, "In the browser". */

import { cookieToken, fieldToken } from "../shared/page.js";
import { newToken } from "../shared/random.js";
import { answersThatDiffer, isSame, readAnswers, writeAnswer } from "./answers.js";
import { showComplaints } from "./complaints.js";
import { Copies } from "./copies.js";
import { tellBase, tellUnseen } from "./page_base.js";
import { StateLine } from "./state_line.js";
import { showBoth } from "./two_texts.js";

const APART = 20_000; // least time between two saves: thousands write in the last hour
const JITTER = 5_000; // so that they do not all write in the same second
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 300_000;
const KEEPALIVE_LIMIT = 60_000; // browsers refuse larger bodies that outlive the page

const trimmed = (answer) =>
  typeof answer === "string" ? answer.replace(/\r\n?/g, "\n").trim() : JSON.stringify(answer);

export class Keeper {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosave;
    this.line = new StateLine(document.querySelector("[data-save-state]"));
    this.copies = new Copies(this.url);
    this.revision = Number(form.dataset.revision) || 0;
    this.known = readAnswers(form); // what the server has
    this.typedAt = Date.now();
    this.undecided = new Set(); // keys of which two texts are shown
    this.pending = null; // the save that has not been answered yet; it is sent again as it was
    this.isBusy = false;
    this.isSignedOut = false;
    this.failures = 0;
    this.lastSentAt = 0;
    this.timer = 0;
    this.dueAt = 0;
  }

  start() {
    let later;
    this.form.addEventListener("input", () => {
      this.typedAt = Date.now();
      clearTimeout(later);
      later = setTimeout(() => this.copyToDevice(), 400);
      if (!this.isSignedOut) this.scheduleSoon();
    });
    this.form.addEventListener("focusout", () => {
      this.copyToDevice();
      const isRested = Date.now() - this.lastSentAt > APART;
      if (!this.failures && !this.isSignedOut && isRested) this.schedule(300);
    });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.leave();
      else if (this.isSignedOut || this.failures) this.schedule(500);
    });
    addEventListener("pagehide", () => this.leave());
    addEventListener("online", () => this.schedule(500 + Math.random() * JITTER));
    addEventListener("offline", () => {
      this.copyToDevice();
      this.line.show("offline");
    });
    this.form.addEventListener("submit", (event) => {
      this.copyToDevice();
      if (this.isLineDown()) {
        event.preventDefault(); // the browser would show its own page about the line, and no form
        this.submitWhenItHolds(event.submitter);
        return;
      }
      // A save under way counts as this tab's own: the form that follows it builds on it.
      if (this.isBusy) tellBase(this.form, this.revision + 1, Object.keys(this.pending.fields));
    });
    this.form.addEventListener("anso:uploaded", ({ detail }) => {
      // So does a file that this tab sent, where nobody else saved in between.
      if (detail.revision === this.revision + 1) this.build(detail.revision);
    });
    this.restore();
  }

  leave() {
    this.copyToDevice();
    this.send();
  }

  isLineDown() {
    return navigator.onLine === false || this.failures > 0;
  }

  /* The button was pressed while the line was down: try once now; what is typed stays here in any case. */
  async submitWhenItHolds(button) {
    if (navigator.onLine !== false) await this.send();
    if (this.isLineDown()) this.line.show("offline");
    else this.form.requestSubmit(button);
  }

  /* From now on everything builds on this revision. */
  build(revision, savedKeys = []) {
    this.revision = revision;
    tellBase(this.form, revision, savedKeys);
  }

  copyToDevice() {
    this.copies.keep(this.typedAt, this.revision, answersThatDiffer(this.form, this.known));
  }

  changes() {
    const fields = answersThatDiffer(this.form, this.known);
    for (const key of this.undecided) delete fields[key];
    return fields;
  }

  /* The sooner of two appointments holds. */
  schedule(wait) {
    const at = Date.now() + wait;
    if (this.timer && this.dueAt <= at) return;
    clearTimeout(this.timer);
    this.dueAt = at;
    this.timer = setTimeout(() => this.send(), wait);
  }

  scheduleSoon() {
    const jitter = Math.random() * JITTER;
    if (this.failures) this.schedule(Math.min(LONGEST_WAIT, 5_000 * 2 ** this.failures) + jitter);
    else this.schedule(Math.max(FIRST_WAIT, this.lastSentAt + APART - Date.now() + jitter));
  }

  async send() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.isBusy) return;
    const fields = this.changes();
    if (!this.pending && !Object.keys(fields).length) return;
    // The same token again after a broken line: the server knows a save that it took already.
    this.pending ??= { fields, base: this.revision, token: newToken() };
    this.isBusy = true;
    this.lastSentAt = Date.now();
    const [answer, reply] = await this.post(JSON.stringify(this.pending));
    this.isBusy = false;
    this.settle(answer, reply);
  }

  async post(body) {
    const hidden = this.form.elements.csrfmiddlewaretoken;
    // After signing in again in another tab the token of this page is an old one.
    if (this.isSignedOut && hidden && cookieToken()) hidden.value = cookieToken();
    try {
      const answer = await fetch(this.url, {
        method: "POST",
        body,
        keepalive: body.length < KEEPALIVE_LIMIT,
        credentials: "same-origin",
        headers: {
          "Content-Type": "application/json",
          Accept: "application/json",
          "X-CSRFToken": hidden ? fieldToken(this.form) : cookieToken(),
        },
      });
      const isJson = /json/.test(answer.headers.get("Content-Type") || "");
      return [answer, isJson ? await answer.json() : {}];
    } catch {
      return [null, {}];
    }
  }

  settle(answer, reply) {
    // A redirect leads to the page for signing in.
    const status = answer ? (answer.redirected ? 401 : answer.status) : 0;
    if ((status === 200 || status === 422) && reply.revision !== undefined) this.settleSaved(reply);
    else if (status === 409 && reply.disputed) this.settleDisputed(reply);
    else if ([401, 403, 404, 410].includes(status)) this.settleRefused(status, reply);
    else this.settleBroken(status);
  }

  settleSaved(reply) {
    Object.assign(this.known, this.pending.fields);
    this.build(reply.revision, Object.keys(this.pending.fields));
    this.pending = null;
    this.failures = 0;
    this.isSignedOut = false;
    this.learn(reply.unseen || {});
    showComplaints(this.form, reply.errors || {});
    this.line.showSaved(reply.saved_at, reply.receipt);
    this.copyToDevice();
    if (Object.keys(this.changes()).length) this.scheduleSoon();
  }

  settleDisputed(reply) {
    this.build(reply.revision, Object.keys(this.pending.fields));
    this.pending = null;
    for (const [key, texts] of Object.entries(reply.disputed)) this.letChoose(key, texts);
    this.learn(reply.unseen || {});
    this.line.show("both");
    this.copyToDevice();
    this.scheduleSoon();
  }

  settleRefused(status, reply) {
    this.pending = null;
    this.isSignedOut = true;
    this.copyToDevice();
    if (reply.reason && status !== 401) this.line.show("reason", { reason: reply.reason });
    else this.line.showExpired(this.form.dataset.signIn);
  }

  settleBroken(status) {
    // What the server cannot read will not get better by being sent again as it was.
    if (status === 400 || status === 413) this.pending = null;
    this.failures = Math.min(this.failures + 1, 6);
    this.copyToDevice();
    this.line.show("offline");
    this.scheduleSoon();
  }

  /* What another tab saved meanwhile comes into fields that nobody touched here; else both texts are shown. */
  learn(news) {
    const now = readAnswers(this.form);
    for (const [key, answer] of Object.entries(news)) {
      if (!(key in now) || this.undecided.has(key)) continue;
      if (isSame(now[key], this.known[key])) {
        writeAnswer(this.form, key, answer);
        this.known[key] = readAnswers(this.form)[key];
      } else if (!isSame(now[key], answer)) this.letChoose(key, { yours: now[key], theirs: answer });
    }
    tellUnseen(
      this.form,
      Object.keys(news).filter((key) => !(key in now)),
    );
  }

  /* "Theirs" is what the server has, unless both texts come from this device. */
  letChoose(key, texts, settled = () => {}) {
    if (this.undecided.has(key)) return;
    this.undecided.add(key);
    showBoth(this.form, key, texts, this.line.words, (answer) => {
      if (!texts.isOfDevice) this.known[key] = texts.theirs;
      this.undecided.delete(key);
      settled();
      writeAnswer(this.form, key, answer);
      this.copyToDevice();
      this.schedule(500);
    });
  }

  /* What earlier visits and other tabs could not send. The newest copy takes the place of the server's answer only if
     that is not newer; an older copy with another text is shown beside it. */
  restore() {
    const now = readAnswers(this.form);
    const savedAt = Date.parse(this.form.dataset.savedAt) || 0;
    const written = new Map();
    let base = this.revision;
    let isAny = false;
    for (const copy of this.copies.left()) {
      for (const [key, answer] of Object.entries(copy.fields)) {
        if (!(key in now)) continue; // not asked just now: it waits in its copy
        const forgetIt = () => this.copies.drop(copy.name, key);
        if (trimmed(answer) === trimmed(written.get(key)?.answer ?? now[key])) {
          if (!written.has(key)) forgetIt();
          continue;
        }
        isAny = true;
        if (written.has(key)) {
          const newest = written.get(key).answer;
          this.letChoose(key, { yours: answer, theirs: newest, isOfDevice: true }, forgetIt);
        } else if (copy.base >= this.revision || copy.at > savedAt) {
          writeAnswer(this.form, key, answer);
          written.set(key, { answer, at: copy.at, forgetIt });
          if (copy.at > savedAt) base = Math.min(base, copy.base || base);
        } else {
          this.letChoose(key, { yours: answer, theirs: now[key] }, forgetIt);
        }
      }
    }
    if (!isAny) return;
    // Saved upon the revision that it was typed upon: the server then sees whether somebody else wrote meanwhile.
    this.build(base);
    this.typedAt = Math.max(...[...written.values()].map(({ at }) => at), savedAt);
    this.copyToDevice();
    for (const [key, { forgetIt }] of written) if (this.copies.holds(key)) forgetIt();
    this.line.show("restored");
    this.schedule(1_000);
  }
}
