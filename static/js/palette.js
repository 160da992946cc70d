// The command palette: search and go anywhere by keyboard. Without it the link in the header leads to the search page.
"use strict";

(() => {
  const link = document.querySelector("[data-palette]");
  if (!link) return;
  const SEARCH = link.getAttribute("href");
  const JUMP = link.dataset.jump;
  const DEBOUNCE = 200;
  const ASK = { headers: { "HX-Request": "true" }, credentials: "same-origin" };

  let dialogs = null;
  let palette, keys, input, list, status;
  let before = null;
  let timer = 0;
  let asking = null;
  let shown = null;
  let chosen = -1;

  async function fragment(address, signal) {
    const response = await fetch(address, { ...ASK, signal });
    if (response.status !== 200) throw new Error(`${response.status}`);
    return response.text();
  }

  function make() {
    dialogs ??= fragment(`${SEARCH}?part=dialogs`).then((text) => {
      document.body.insertAdjacentHTML("beforeend", text);
      palette = document.getElementById("palette");
      keys = document.getElementById("keys");
      input = palette.querySelector("input");
      list = document.getElementById("palette-options");
      status = palette.querySelector("[role=status]");
      input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(update, DEBOUNCE); });
      input.addEventListener("keydown", onKey);
      list.addEventListener("click", (event) => { if (event.target.closest("[role=option]") && !event.ctrlKey && !event.metaKey) palette.close(); });
      for (const dialog of [palette, keys]) {
        dialog.addEventListener("close", () => { if (!document.querySelector("dialog[open]")) before?.focus?.(); });
        dialog.addEventListener("click", (event) => {
          if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
        });
      }
      palette.querySelector("[data-show-keys]").addEventListener("click", () => { show(keys); palette.close(); });
      const single = keys.querySelector("[data-single-keys]");
      single.checked = window.waymark.singleKeys();
      single.addEventListener("change", () => { try { localStorage.setItem(window.waymark.SINGLE_KEYS, single.checked ? "on" : "off"); } catch { /* It holds for this page. */ } });
    });
    dialogs.catch(() => { dialogs = null; });
    return dialogs;
  }

  function show(dialog) {
    if (dialog.open) return;
    if (!document.querySelector("dialog[open]")) before = document.activeElement;
    dialog.showModal();
  }

  async function open(which) {
    try {
      await make();
    } catch {
      location.assign(SEARCH);
      return;
    }
    if (which === "keys") { show(keys); return; }
    keys.close();
    show(palette);
    input.focus();
    input.select();
    if (shown !== input.value) update();
  }

  async function update() {
    clearTimeout(timer);
    asking?.abort();
    const mine = asking = new AbortController();
    const query = input.value;
    const asked = `q=${encodeURIComponent(query.slice(0, 200))}`;
    const [own, found] = await Promise.allSettled([
      JUMP ? fragment(`${JUMP}?${asked}`, mine.signal) : "",
      fragment(`${SEARCH}?part=palette&${asked}`, mine.signal),
    ]);
    if (mine !== asking) return;
    list.innerHTML = (own.value || "") + (found.value || "");
    shown = found.status === "fulfilled" ? query : null;
    options().forEach((option, number) => { option.id = `palette-option-${number}`; });
    list.hidden = !options().length;
    list.scrollTop = 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = found.status === "fulfilled" ? list.querySelector("[data-said]")?.dataset.said || "" : palette.dataset.lost;
    choose(query.trim() ? 0 : -1);
  }

  const options = () => [...list.querySelectorAll("[role=option]")];

  function choose(number) {
    const all = options();
    all[chosen]?.setAttribute("aria-selected", "false");
    all.forEach((option) => option.setAttribute("aria-selected", "false"));
    chosen = all.length ? number : -1;
    const option = all[chosen];
    if (!option) { input.removeAttribute("aria-activedescendant"); return; }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  async function onKey(event) {
    // While an input method is composing a syllable, its keys belong to it.
    if (event.isComposing || event.keyCode === 229) return;
    const count = options().length;
    if (event.key === "ArrowDown" && count) choose((chosen + 1) % count);
    else if (event.key === "ArrowUp" && count) choose((Math.max(chosen, 0) + count - 1) % count);
    else if (event.key === "Enter" && input.value.trim() && shown !== input.value) {
      // Typed faster than answered: what is chosen belongs to an earlier word.
      event.preventDefault();
      await update();
      if (options()[chosen] && shown === input.value) options()[chosen].click(); else input.form.requestSubmit();
      return;
    } else if (event.key === "Enter" && options()[chosen]) options()[chosen].click();
    else return;
    event.preventDefault();
  }

  const types = (element) => element.closest?.("input, select, textarea, [contenteditable]:not([contenteditable=false]), [role=textbox]") || element.isContentEditable;

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || event.altKey) return;
    const modified = event.ctrlKey || event.metaKey;
    if (modified && !event.shiftKey && (event.key.toLowerCase() === "k" || event.code === "KeyK")) {
      event.preventDefault();
      open("palette");
      return;
    }
    if (modified || types(event.target) || document.querySelector("dialog[open]") || !window.waymark.singleKeys()) return;
    if (event.key !== "/" && event.key !== "?") return;
    event.preventDefault();
    open(event.key === "/" ? "palette" : "keys");
  });

  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open("palette");
  });
})();
