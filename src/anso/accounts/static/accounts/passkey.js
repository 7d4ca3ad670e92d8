/* Joins the buttons of our pages to the passkey functions of the sign-in library. Without scripts the buttons stay hidden. */
(() => {
"use strict";
const forms = window.allauth && window.allauth.webauthn && window.allauth.webauthn.forms;
if (!forms || !window.PublicKeyCredential) return;
for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
for (const button of document.querySelectorAll("[data-passkey]")) {
  const {passkey, credential, challenge, passwordless} = button.dataset;
  const ids = {[passkey]: button.id, credential, data: challenge, passwordless};
  forms[`${passkey}Form`]({ids});
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const words of document.querySelectorAll("[data-passkey-failed]")) words.hidden = false;
});
})();
