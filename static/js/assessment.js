// The keys of the assessment: 1 to 5 answer, the arrows lead back and forth. Every page works without it.
"use strict";

document.addEventListener("keydown", (event) => {
  // A key that is held answers one question, not one after the other.
  if (event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.target.closest?.("input, select, textarea, dialog") || !window.waymark.singleKeys()) return;
  const answers = document.querySelectorAll("[data-answers] button");
  if (/^[1-9]$/.test(event.key)) answers[event.key - 1]?.click();
  else if (event.key === "ArrowLeft") document.querySelector("[data-back]")?.click();
  else if (event.key === "ArrowRight") document.querySelector("[data-next]")?.click();
});
