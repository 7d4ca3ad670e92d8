/* Between the server, which writes buffers as base64url, and the browser, which wants them as bytes. */

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));

const BUFFERS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

/* The credential as the server reads it. */
function plain(credential) {
  const { id, type, rawId, response: given, authenticatorAttachment } = credential;
  const response = {};
  for (const name of BUFFERS) if (given[name]) response[name] = text(given[name]);
  if (given.getTransports) response.transports = given.getTransports();
  return {
    id,
    type,
    rawId: text(rawId),
    authenticatorAttachment,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

export async function use({ publicKey }) {
  const options = {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    allowCredentials: withBytes(publicKey.allowCredentials),
  };
  return plain(await navigator.credentials.get({ publicKey: options }));
}

/* A key that is to sign in without a password must be kept on the device and must know its owner. */
export async function make({ publicKey }, isPasswordless) {
  const authenticatorSelection = {
    ...publicKey.authenticatorSelection,
    residentKey: isPasswordless ? "required" : "discouraged",
    requireResidentKey: isPasswordless,
  };
  if (isPasswordless) authenticatorSelection.userVerification = "required";
  const options = {
    ...publicKey,
    authenticatorSelection,
    challenge: bytes(publicKey.challenge),
    user: { ...publicKey.user, id: bytes(publicKey.user.id) },
    excludeCredentials: withBytes(publicKey.excludeCredentials),
  };
  return plain(await navigator.credentials.create({ publicKey: options }));
}
