/* One file on its way, by the core of tus 1.0: POST URL with Upload-Length and Upload-Metadata -> 201 Location; PATCH
   pieces with Upload-Offset; HEAD tells how much has arrived. */

import { forget, recall, remember } from "../shared/device.js";
import { cookieToken, fieldToken } from "../shared/page.js";

const PIECE = 262_144; // a line of 2G carries one in a minute and a half
const PATIENCE = 8; // failures in a row, about four minutes of a dead line
const LONGEST_WAIT = 60_000;

/* The server will not take this file; trying again changes nothing. */
export class Refusal extends Error {}

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const offsetOf = (answer) => Number(answer.headers.get("Upload-Offset")) || 0;

function request(form, url, method, headers = {}, body = undefined) {
  return fetch(url, {
    method,
    body,
    credentials: "same-origin",
    headers: {
      "Tus-Resumable": "1.0.0",
      Accept: "application/json",
      "X-CSRFToken": cookieToken() || fieldToken(form),
      ...headers,
    },
  });
}

async function refusalOf(answer) {
  try {
    const reply = await answer.json();
    return new Refusal(reply.reason || reply.detail || "");
  } catch {
    return new Refusal("");
  }
}

/* Open an upload, or find the one that was begun with the same file before. */
async function open(input, file) {
  const { form, dataset } = input;
  const name = `anso-upload:${dataset.upload}:${input.name}:${file.name}:${file.size}:${file.lastModified}`;
  const begun = recall(name);
  if (begun) {
    const head = await request(form, begun, "HEAD");
    if (head.ok) return { url: begun, offset: offsetOf(head), name };
  }
  const answer = await request(form, dataset.upload, "POST", {
    "Upload-Length": String(file.size),
    "Upload-Metadata":
      `filename ${base64(file.name)},filetype ${base64(file.type || "")},field ${base64(input.name)}`,
  });
  if (!answer.ok) throw await refusalOf(answer);
  const url = answer.headers.get("Location");
  remember(name, url);
  return { url, offset: 0, name };
}

/* Send the next piece; the answer to the last one may tell the receipt. */
async function sendPiece(form, upload, file) {
  const answer = await request(
    form,
    upload.url,
    "PATCH",
    { "Upload-Offset": String(upload.offset), "Content-Type": "application/offset+octet-stream" },
    file.slice(upload.offset, upload.offset + PIECE),
  );
  if (answer.status === 409) {
    // The server has more or less of it than we believe, as after a lost answer.
    upload.offset = offsetOf(await request(form, upload.url, "HEAD"));
    return null;
  }
  if (answer.ok) {
    upload.offset = offsetOf(answer) || upload.offset + PIECE;
    return /json/.test(answer.headers.get("Content-Type") || "") ? answer.json() : null;
  }
  if (answer.status < 500 && answer.status !== 429) throw await refusalOf(answer);
  throw new Error(String(answer.status));
}

async function findOffset(form, upload) {
  const head = await request(form, upload.url, "HEAD").catch(() => null);
  if (head?.ok) upload.offset = offsetOf(head);
}

/* Send the whole file, however often the line breaks; `tell` hears how far it is and whether we wait for the line. */
export async function sendFile(input, file, tell) {
  let upload = null;
  let reply = {};
  let failures = 0;
  while (!upload || upload.offset < file.size) {
    try {
      upload ??= await open(input, file);
      reply = (await sendPiece(input.form, upload, file)) ?? reply;
      failures = 0;
      tell(upload.offset, false);
    } catch (fault) {
      failures += 1;
      if (fault instanceof Refusal || failures > PATIENCE) {
        if (upload) forget(upload.name);
        throw fault;
      }
      tell(upload ? upload.offset : 0, true);
      await wait(Math.min(LONGEST_WAIT, 1_000 * 2 ** failures));
      if (upload) await findOffset(input.form, upload);
    }
  }
  forget(upload.name);
  return reply;
}
