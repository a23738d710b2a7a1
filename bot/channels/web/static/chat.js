// Makes the page smoother. Everything also works without it: the forms are ordinary forms.
"use strict";

const byId = (id) => document.getElementById(id);
const log = byId("log");
const say = byId("say");
const box = byId("text");
const mistake = byId("mistake");
const status = byId("status");

let busy = false;
let unanswered = { key: "", nonce: "" };

// The same thing sent again after a failure keeps its mark, so that it is answered once.
function mark(key) {
  if (unanswered.key !== key) {
    const bytes = crypto.getRandomValues(new Uint8Array(12));
    unanswered = { key, nonce: Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("") };
  }
  return unanswered.nonce;
}

function added(node) {
  log.append(node);
  const last = log.lastElementChild;
  unlock(last);
  return last;
}

function fromTemplate(id) {
  return byId(id).content.cloneNode(true);
}

function echo(words) {
  const bubble = fromTemplate("theirs");
  bubble.querySelector("[data-words]").textContent = words;
  return added(bubble);
}

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

// Only a page with this script can ask for the place, so the button is hidden until now.
function unlock(part) {
  if (navigator.clipboard) for (const button of part.querySelectorAll("[data-copy]")) button.hidden = false;
  if (!("geolocation" in navigator) || !window.isSecureContext) return;
  for (const button of part.querySelectorAll("[data-locate]")) button.hidden = false;
}

function renewToken(turn) {
  const token = turn && turn.dataset.token;
  if (!token) return;
  for (const field of document.querySelectorAll("input[name=token]")) field.value = token;
}

async function ask(fields) {
  const answer = await fetch("/chat", {
    method: "POST",
    headers: { "X-Fragment": "1" },
    body: new URLSearchParams({
      token: say.elements.token.value,
      nonce: mark(JSON.stringify(fields)),
      ...fields,
    }),
    signal: AbortSignal.timeout ? AbortSignal.timeout(30000) : undefined,
  });
  return { taken: answer.ok, html: await answer.text() };
}

async function send(fields, words) {
  if (busy) return;
  busy = true;
  const bubble = echo(words);
  bubble.scrollIntoView({ block: "start" });
  status.textContent = status.dataset.waiting;
  let taken = false;
  try {
    const reply = await ask(fields);
    taken = reply.taken;
    const turn = added(parsed(reply.html));
    renewToken(turn);
    if (reply.taken) listen(turn);
  } catch {
    added(fromTemplate("offline"));
  }
  status.textContent = "";
  busy = false;
  if (taken) {
    unanswered = { key: "", nonce: "" };
    bubble.scrollIntoView({ block: "start" });
  } else {
    bubble.remove();
    if (fields.text && !box.value) box.value = fields.text;
    log.lastElementChild.scrollIntoView({ block: "start" });
  }
}

function showMistake(shown) {
  mistake.hidden = !shown;
  box.setAttribute("aria-invalid", String(shown));
  box.setAttribute("aria-describedby", shown ? "mistake hint" : "hint");
}

say.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = box.value;
  box.focus();
  showMistake(!text.trim());
  if (!text.trim() || busy) return;
  box.value = "";
  send({ text }, text);
});

byId("taps").addEventListener("submit", (event) => {
  event.preventDefault();
  const button = event.submitter;
  send({ tap: button.value }, button.textContent.trim());
});

box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  say.requestSubmit();
});

log.addEventListener("click", (event) => {
  if (!event.target.closest("[data-locate]")) return;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) =>
      // About a kilometre: near enough to find a session, too coarse for a house.
      send(
        { latitude: coords.latitude.toFixed(2), longitude: coords.longitude.toFixed(2) },
        byId("located").textContent,
      ),
    () => added(fromTemplate("nowhere")),
    { timeout: 15000 },
  );
});

async function copy(button) {
  const words = button.closest(".words").cloneNode(true);
  for (const extra of words.querySelectorAll(".choices, .copying, .unseen")) extra.remove();
  // Only what is on the page has its lines apart, so the copy is put there for a moment.
  words.className = "offscreen";
  document.body.append(words);
  const text = words.innerText.trim();
  words.remove();
  await navigator.clipboard.writeText(text);
  const said = button.parentElement.querySelector("[data-copied]");
  said.textContent = said.dataset.copied;
}

log.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});

function leave() {
  document.body.hidden = true;
  log.replaceChildren();
  box.value = "";
  // Forgets the cookie while the browser is already on its way.
  fetch("/leave", { keepalive: true, redirect: "manual" }).catch(() => undefined);
  location.replace(byId("exit").dataset.to);
}

byId("exit").addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

let escapes = 0;
document.addEventListener("keydown", (event) => {
  escapes = event.key === "Escape" ? escapes + 1 : 0;
  if (escapes === 3) leave();
});

// A page that comes back out of the browser's memory might belong to somebody else by now.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// Who writes with the team sees the answers come in; nobody else's page asks.
const NEWS_EVERY = 8000;

async function look() {
  const after = log.dataset.news;
  if (!after || busy || document.hidden) return;
  try {
    const answer = await fetch(`/news?after=${after}`, { headers: { "X-Fragment": "1" } });
    if (answer.status === 200 && !busy && after === log.dataset.news) listen(added(parsed(await answer.text())));
  } catch {
    // The next look may find the server again.
  }
}

function listen(turn) {
  log.dataset.news = turn.dataset.news ?? "";
}

setInterval(look, NEWS_EVERY);

unlock(log);
const messages = log.querySelectorAll(".message");
// The welcome is read from the top; a chat that comes back is read from its end.
if (messages.length > 1) (byId("latest").firstElementChild ?? messages[messages.length - 1]).scrollIntoView();
