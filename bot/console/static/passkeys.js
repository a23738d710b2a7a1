// Forms with a passkey: asks the server what to sign, lets the browser sign it, and posts the answer.
"use strict";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

function text(buffer) {
  const signs = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(signs).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function read(options) {
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const found = { ...options, challenge: bytes(options.challenge) };
  if (options.user) found.user = { ...options.user, id: bytes(options.user.id) };
  if (options.allowCredentials) found.allowCredentials = known(options.allowCredentials);
  if (options.excludeCredentials) found.excludeCredentials = known(options.excludeCredentials);
  return found;
}

function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  const { id, type } = credential;
  return JSON.stringify({ id, type, rawId: text(credential.rawId), response, clientExtensionResults: {} });
}

async function answer(form) {
  const body = new URLSearchParams({ token: form.elements.token.value });
  const asked = await fetch(form.dataset.options, { method: "POST", body, redirect: "error" });
  if (!asked.ok) throw new Error(asked.statusText);
  const publicKey = read(await asked.json());
  return written(await navigator.credentials[form.dataset.passkey]({ publicKey }));
}

async function submitted(event) {
  const form = event.currentTarget;
  event.preventDefault();
  const failed = form.querySelector("[data-failed]");
  failed.textContent = "";
  try {
    form.elements.credential.value = await answer(form);
    form.submit();
  } catch {
    failed.textContent = failed.dataset.failed;
  }
}

function fits(rp) {
  return window.isSecureContext && window.PublicKeyCredential && (location.hostname === rp || location.hostname.endsWith(`.${rp}`));
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!fits(form.dataset.rp)) continue;
  form.hidden = false;
  form.addEventListener("submit", submitted);
}
