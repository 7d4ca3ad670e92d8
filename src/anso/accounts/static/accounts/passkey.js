/* Passkeys: registering one, signing in with one, and using one as a second step. Without scripts the buttons stay hidden.
   <button type="button" data-passkey="login|authenticate|add" data-credential="ID" data-challenge="ID" data-passwordless="ID"> */
(() => {
"use strict";
if (!window.PublicKeyCredential) return;
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (id) => document.getElementById(id);
const withBytes = (keys) => (keys || []).map((key) => ({...key, id: bytes(key.id)}));

/* The credential as the server reads it: every buffer as base64url. */
function plain(credential) {
  const {id, type, rawId, response: given, authenticatorAttachment} = credential, response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (given[name]) response[name] = text(given[name]);
  if (given.getTransports) response.transports = given.getTransports();
  return {id, type, rawId: text(rawId), authenticatorAttachment, response, clientExtensionResults: credential.getClientExtensionResults()};
}
async function ask(options) {
  const {publicKey} = options;
  return plain(await navigator.credentials.get({publicKey: {
    ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: withBytes(publicKey.allowCredentials)}}));
}
async function make(options, alone) {
  const {publicKey} = options, choice = {...publicKey.authenticatorSelection, residentKey: alone ? "required" : "discouraged", requireResidentKey: alone};
  if (alone) choice.userVerification = "required";
  return plain(await navigator.credentials.create({publicKey: {
    ...publicKey, authenticatorSelection: choice, challenge: bytes(publicKey.challenge),
    user: {...publicKey.user, id: bytes(publicKey.user.id)}, excludeCredentials: withBytes(publicKey.excludeCredentials)}}));
}
async function begin(button) {
  const {passkey, challenge, passwordless} = button.dataset;
  if (passkey === "login") {
    const answer = await fetch(button.form.action, {headers: {Accept: "application/json"}, credentials: "same-origin"});
    if (!answer.ok) throw new Error(String(answer.status));
    return ask((await answer.json()).request_options);
  }
  const given = JSON.parse(named(challenge).textContent);
  return passkey === "add" ? make(given.creation_options, named(passwordless).checked) : ask(given.request_options);
}
for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
for (const button of document.querySelectorAll("[data-passkey]")) button.addEventListener("click", async () => {
  const input = named(button.dataset.credential);
  try {
    input.value = JSON.stringify(await begin(button));
  } catch (fault) {
    for (const words of document.querySelectorAll("[data-passkey-failed]")) words.hidden = false;
    return;
  }
  input.form.submit();
});
})();
