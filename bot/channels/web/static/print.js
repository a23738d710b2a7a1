// Two buttons for browsers with scripts; without them the browser's own menu prints, and text can be marked.
"use strict";

const byId = (id) => document.getElementById(id);
const status = byId("status");

byId("print").hidden = false;
byId("print").addEventListener("click", () => window.print());

if (navigator.clipboard) {
  byId("copy").hidden = false;
  byId("copy").addEventListener("click", async () => {
    await navigator.clipboard.writeText(byId("sheet").innerText);
    status.textContent = status.dataset.copied;
  });
}
