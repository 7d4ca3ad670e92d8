/* Passkeys: registering one, signing in with one, and using one as a second step. Without scripts the buttons stay
   hidden.
   <button type="button" data-passkey="login|authenticate|add" data-credential="ID of the input for the credential"
     data-challenge="ID of the JSON with the options" data-passwordless="ID of a box"> */

import { make, use } from "./passkey/credential.js";

const named = (id) => document.getElementById(id);

/* The options for signing in are asked for at the press: a page that stays open would hold an old challenge. */
async function optionsForSigningIn(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).request_options;
}

async function credentialFor(button) {
  const { passkey, challenge, passwordless } = button.dataset;
  if (passkey === "login") return use(await optionsForSigningIn(button.form));
  const given = JSON.parse(named(challenge).textContent);
  return passkey === "add"
    ? make(given.creation_options, named(passwordless).checked)
    : use(given.request_options);
}

async function press(button) {
  const input = named(button.dataset.credential);
  try {
    input.value = JSON.stringify(await credentialFor(button));
  } catch {
    // Cancelled, timed out, or no fitting key: the browser does not say which, and nor do we.
    for (const words of document.querySelectorAll("[data-passkey-failed]")) words.hidden = false;
    return;
  }
  input.form.submit();
}

if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
  for (const button of document.querySelectorAll("[data-passkey]")) {
    button.addEventListener("click", () => press(button));
  }
}
