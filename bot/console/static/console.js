// Parts of a page that move ask for themselves again; without this script they show what was true when opened.
"use strict";

const EVERY = 3000;

async function renew(part) {
  if (document.hidden || part.contains(document.activeElement)) return;
  try {
    const answer = await fetch(part.dataset.live, { headers: { "x-fragment": "1" }, redirect: "error" });
    if (!answer.ok) return;
    const text = await answer.text();
    if (text !== part.dataset.seen) {
      part.innerHTML = text;
      part.dataset.seen = text;
    }
  } catch {
    // The next look may find the server again.
  }
}

for (const part of document.querySelectorAll("[data-live]")) {
  setInterval(() => renew(part), EVERY);
}

// On a phone the menu is a strip: the page that is open should be in sight.
document.querySelector("nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// How many lines a field has; without this script the server says so after every step.
for (const field of document.querySelectorAll("[data-lines]")) {
  const told = document.getElementById(field.dataset.lines);
  field.addEventListener("input", () => {
    told.textContent = field.value.split("\n").filter((line) => line.trim()).length;
  });
}

// Saving may take some seconds: a second press sends nothing twice.
const SENDING = 20000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, SENDING);
});

// Back in the browser shows the page as it was left.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
});
