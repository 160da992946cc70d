// Waymark's own script. Every page works without it; it keeps focus, announces changes and survives a lost connection.
"use strict";

// A single key without a modifier can be switched off: it is easily pressed by mistake, and by speech input.
window.waymark = {
  SINGLE_KEYS: "waymark-single-keys",
  singleKeys() {
    try { return localStorage.getItem(this.SINGLE_KEYS) !== "off"; } catch { return true; }
  },
};

(() => {
  const announcer = () => document.getElementById("announcer");

  function announce(text) {
    const place = announcer();
    if (!place || !text) return;
    place.textContent = "";
    requestAnimationFrame(() => { place.textContent = text; });
  }

  // A swap may replace the control that has the focus: give it back to the one that took its place.
  // Where it is gone for good, the nearest place around it that is still there gets it.
  const FOCUSABLE = "a, button, input:not([type=hidden]), select, textarea, [tabindex]";
  // Who went on to another field before the answer came stays there.
  const isInFieldOutside = (root) => {
    const active = document.activeElement;
    return Boolean(active?.matches("input:not([type=radio], [type=checkbox]), select, textarea") && !root.contains(active));
  };
  let focused = [];
  document.addEventListener("htmx:beforeSwap", () => {
    const active = document.activeElement;
    focused = [];
    for (let place = active?.closest("[id]"); place && place !== document.body; place = place.parentElement?.closest("[id]")) focused.push(place.id);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const root = event.detail.elt;
    const wanted = root.querySelector?.("[data-focus]") || (root.matches?.("[data-focus]") ? root : null);
    if (wanted && !isInFieldOutside(root)) {
      wanted.focus();
      if (wanted.select && wanted.matches("input")) wanted.select();
    } else if (focused.length && (!document.activeElement || document.activeElement === document.body)) {
      const back = focused.map((id) => document.getElementById(id)).find(Boolean);
      (back?.matches(FOCUSABLE) ? back : back?.querySelector("[tabindex]") || back?.querySelector(FOCUSABLE))?.focus();
    }
    const said = document.querySelector("[data-announce]");
    if (said) announce(said.dataset.announce);
  });

  // A lost connection keeps the click and says so; the click is sent again when the connection is back.
  const waiting = new Map();
  const lost = () => document.getElementById("connection-lost");
  document.addEventListener("htmx:sendError", (event) => {
    waiting.set(event.detail.elt, event.detail.requestConfig?.triggeringEvent?.submitter);
    if (lost()) lost().hidden = false;
  });
  function sendAgain() {
    const again = [...waiting].filter(([elt]) => elt.isConnected);
    waiting.clear();
    for (const [elt, button] of again) {
      if (button?.isConnected) button.click();  // A form forgets which of its buttons was pressed.
      else window.htmx.trigger(elt, elt.getAttribute("hx-trigger")?.split(/[ ,]/)[0] || (elt.matches("form") ? "submit" : "click"));
    }
    if (!again.length && lost()) lost().hidden = true;
  }
  // Only an answer shows that the connection is back: the browser may be online and the server not.
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr.status && !waiting.size && lost()) lost().hidden = true;
  });

  // An answer may find its control gone, because another answer replaced the page while it was under way, perhaps
  // with what was true before it; or it replaces the page itself, and another came while it was under way. Then the page
  // is asked for anew, once nothing else is under way.
  let underWay = 0;
  let answered = 0;
  let outdated = false;
  document.addEventListener("htmx:beforeRequest", ({ detail: { elt, xhr } }) => {
    const before = answered;
    underWay += 1;
    xhr.addEventListener("readystatechange", () => {
      if (xhr.readyState !== XMLHttpRequest.DONE || !xhr.status || xhr.getResponseHeader("HX-Redirect")) return;
      if (xhr.getResponseHeader("HX-Retarget") === "#roadmap" && answered !== before) outdated = true;
      answered += 1;
      if (elt.isConnected) return;
      xhr.onload = null;
      outdated = true;
    });
    xhr.addEventListener("loadend", () => {
      underWay -= 1;
      if (outdated && !underWay && !waiting.size) location.reload();
    });
  });
  window.addEventListener("online", sendAgain);
  setInterval(() => { if (navigator.onLine) sendAgain(); }, 5000);
  document.addEventListener("htmx:responseError", () => {
    const failed = document.getElementById("request-failed");
    if (!failed) return;
    failed.hidden = false;
    setTimeout(() => { failed.hidden = true; }, 8000);
  });

  // Opening a milestone changes the address: a form that leads back to the page names the address as it is now.
  document.addEventListener("submit", (event) => {
    const here = event.target.querySelector("[data-here]");
    if (here) here.value = location.pathname + location.search;
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
