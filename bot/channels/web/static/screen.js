// Turns the slides of a waiting-room screen, and looks for news. Without it the page turns itself.
"use strict";
{
  const EACH = 12_000;
  const NEWS = 600_000;
  const main = document.getElementById("slides");
  const pause = document.getElementById("pause");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let paused = calm || main.dataset.stopped === "yes";

  const slides = () => [...main.querySelectorAll(".slide")];
  const shown = () => Math.max(0, slides().findIndex((slide) => !slide.hidden));
  const show = (number) => slides().forEach((slide, at) => { slide.hidden = at !== number; });
  const turn = () => show((shown() + 1) % slides().length);
  const name = () => { pause.textContent = paused ? pause.dataset.play : pause.dataset.pause; };

  async function news() {
    try {
      const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("slides");
      if (!fresh) return;
      const now = shown();
      main.replaceChildren(...fresh.children);
      show(Math.min(now, slides().length - 1));
    } catch {
      // Offline: what is there goes on.
    }
  }

  pause.hidden = false;
  name();
  pause.addEventListener("click", () => { paused = !paused; name(); });
  document.getElementById("next").addEventListener("click", (event) => { event.preventDefault(); turn(); });
  setInterval(() => { if (!paused) turn(); }, EACH);
  setInterval(news, NEWS);
}
