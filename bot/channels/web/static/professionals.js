// Copies an approved answer whole; without this script one click on it marks all of its words.
"use strict";

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copies]")) {
    const part = button.closest("section");
    const status = part.querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(part.querySelector("[data-text]").innerText);
      status.textContent = status.dataset.copied;
    });
  }
}
