"use strict";
// What keys do. Others may be added before the page starts.

const help = document.getElementById("help");

const KEYS = {
  j: () => nextFinding(1),
  n: () => nextFinding(1),
  k: () => nextFinding(-1),
  p: () => nextFinding(-1),
  x: () => current && isShown("findings") && toggleAround(current),
  o: () => current && isShown("findings") && current.body.querySelector("a.open")?.click(),
  "/": () => {
    if (!isShown("findings")) location.hash = "#findings";
    show("findings");
    form.elements.text.focus();
  },
  "?": () => openHelp(),
};

function nextFinding(step) {
  if (!isShown("findings")) {
    show("findings");
    if (list.childElementCount === 0) applyFilters();
  }
  visitNext(step);
}

function openHelp() {
  if (!help.open) help.showModal();
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
  if (typing) {
    if (event.key === "Escape") typing.blur();
    return;
  }
  if (event.key === "Escape") {
    for (const opened of document.querySelectorAll("details.chooser[open]")) opened.open = false;
    return;
  }
  const act = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : null;
  if (act && document.getElementById("shortcuts").checked) {
    event.preventDefault();
    act();
  }
}
