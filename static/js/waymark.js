// Waymark's own script. Every page works without it; it keeps focus, announces changes and survives a lost connection.
"use strict";

(() => {
  const announcer = () => document.getElementById("announcer");

  function announce(text) {
    const place = announcer();
    if (!place || !text) return;
    place.textContent = "";
    requestAnimationFrame(() => { place.textContent = text; });
  }

  // A swap may replace the control that has the focus: give it back to the one that took its place.
  let focused = null;
  document.addEventListener("htmx:beforeSwap", () => {
    const active = document.activeElement;
    focused = active && active !== document.body ? active.id || active.closest("[id]")?.id : null;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const root = event.detail.elt;
    const wanted = root.querySelector?.("[data-focus]") || (root.matches?.("[data-focus]") ? root : null);
    if (wanted) {
      wanted.focus();
      if (wanted.select && wanted.matches("input")) wanted.select();
    } else if (focused && (!document.activeElement || document.activeElement === document.body)) {
      const back = document.getElementById(focused);
      (back?.matches("a, button, input, select, textarea, [tabindex]") ? back : back?.querySelector("a, button, input"))?.focus();
    }
    const said = document.querySelector("[data-announce]");
    if (said) announce(said.dataset.announce);
  });

  // A lost connection keeps the click and says so; the click is sent again when the connection is back.
  const waiting = [];
  const lost = () => document.getElementById("connection-lost");
  document.addEventListener("htmx:sendError", (event) => {
    const { elt, requestConfig } = event.detail;
    waiting.push({ elt, verb: requestConfig.verb, path: requestConfig.path });
    if (lost()) lost().hidden = false;
  });
  async function sendAgain() {
    if (!waiting.length) return;
    for (const { elt } of waiting.splice(0)) {
      if (elt.isConnected) window.htmx.trigger(elt, elt.matches("form") ? "submit" : elt.getAttribute("hx-trigger")?.split(" ")[0] || "click");
    }
    if (lost()) lost().hidden = true;
  }
  window.addEventListener("online", sendAgain);
  setInterval(() => { if (navigator.onLine) sendAgain(); }, 5000);
  document.addEventListener("htmx:responseError", () => {
    const failed = document.getElementById("request-failed");
    if (!failed) return;
    failed.hidden = false;
    setTimeout(() => { failed.hidden = true; }, 8000);
  });

  // <button data-copy="#id">: copies the value of that field and says so.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const field = document.querySelector(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy");
    }
    announce(button.dataset.copied);
    button.textContent = button.dataset.copied;
  });
  // Going back may show a page as it was before the last tick: ask whether it still holds.
  window.addEventListener("pageshow", (event) => {
    const [entry] = performance.getEntriesByType("navigation");
    if (!event.persisted && entry?.type === "back_forward" && document.getElementById("roadmap")) location.reload();
  });
  for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;
})();
