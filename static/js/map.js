// The map of the field: one waymark is in focus, its way there and what it opens are drawn strong, a panel tells of it.
// Without this script every waymark is a plain link.
"use strict";

(() => {
  const map = document.getElementById("map");
  const panel = document.getElementById("map-panel");
  if (!map || !panel) return;
  const marks = [...map.querySelectorAll(".map-marks a")];
  const paths = [...map.querySelectorAll(".map-paths path")].map((line) => {
    const [needed, opened] = line.dataset.p.split(" ").map(Number);
    return { line, needed, opened };
  });
  const entries = new Map([...document.querySelectorAll("#as-a-list li")].map((entry) => [entry.querySelector("a").getAttribute("href"), entry]));
  const places = marks.map((mark) => {
    const shape = mark.querySelector("text");
    return { x: Number(shape.getAttribute("x")), y: Number(shape.getAttribute("y")) };
  });
  const bands = [...map.querySelectorAll(".map-bands rect")].map((band) => {
    const top = Number(band.getAttribute("y"));
    const bottom = top + Number(band.getAttribute("height"));
    return marks.map((_, number) => number).filter((number) => places[number].y > top && places[number].y < bottom);
  });
  const bandOf = (number) => bands.findIndex((band) => band.includes(number));

  function show(number) {
    const before = new Set([number]);
    for (let grown = -1; grown !== before.size;) {
      grown = before.size;
      for (const path of paths) if (before.has(path.opened)) before.add(path.needed);
    }
    const opened = paths.filter((path) => path.needed === number).map((path) => path.opened);
    map.classList.add("map-chosen");
    marks.forEach((mark, other) => {
      mark.classList.toggle("is-here", other === number);
      mark.classList.toggle("is-on-the-way", before.has(other));
      mark.classList.toggle("is-opened", opened.includes(other));
    });
    for (const path of paths) {
      path.line.classList.toggle("is-on-the-way", before.has(path.opened));
      path.line.classList.toggle("is-opened", path.needed === number);
    }
    tell(number, opened);
  }

  function tell(number, opened) {
    const entry = entries.get(marks[number].getAttribute("href"));
    if (!entry || panel.dataset.told === String(number)) return;
    panel.dataset.told = String(number);
    const told = entry.cloneNode(true);
    if (opened.length) {
      const line = document.createElement("p");
      line.className = "meta";
      const name = document.createElement("b");
      name.textContent = panel.dataset.opens;
      line.append(name, " ");
      opened.forEach((other, place) => {
        const link = entries.get(marks[other].getAttribute("href"))?.querySelector("a").cloneNode(true);
        if (link) line.append(place ? ", " : "", link);
      });
      told.append(line);
    }
    panel.replaceChildren(...told.childNodes);
  }

  function hide() {
    map.classList.remove("map-chosen");
    for (const element of map.querySelectorAll(".is-here, .is-on-the-way, .is-opened")) element.classList.remove("is-here", "is-on-the-way", "is-opened");
  }

  // One stop for the Tab key; the arrow keys walk on from there.
  let stop = 0;
  function moveStop(number) {
    marks[stop].setAttribute("tabindex", "-1");
    stop = number;
    marks[stop].setAttribute("tabindex", "0");
  }
  marks.forEach((mark) => mark.setAttribute("tabindex", "-1"));
  moveStop(0);

  function next(number, key) {
    const band = bands[bandOf(number)];
    const place = band.indexOf(number);
    if (key === "ArrowRight") return band[place + 1];
    if (key === "ArrowLeft") return band[place - 1];
    if (key === "Home") return band[0];
    if (key === "End") return band[band.length - 1];
    const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    const beside = step ? bands[bandOf(number) + step] : undefined;
    const away = (other) => Math.abs(places[other].x - places[number].x);
    return beside?.reduce((best, other) => (away(other) < away(best) ? other : best));
  }

  marks.forEach((mark, number) => {
    mark.addEventListener("focus", () => { moveStop(number); show(number); });
    mark.addEventListener("pointerenter", () => show(number));
    mark.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const wanted = next(number, event.key);
      if (wanted === undefined) return;
      event.preventDefault();
      marks[wanted].focus();
    });
  });
  map.addEventListener("pointerleave", () => {
    const number = marks.indexOf(document.activeElement);
    if (number < 0) hide(); else show(number);
  });
})();
