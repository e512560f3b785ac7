"use strict";
// Which view is shown, keys, colours, help.

const views = [...document.querySelectorAll(".view")];
const help = document.getElementById("help");

/** Shows the view, or the finding, that the address names. */
function route() {
  // What stands behind the "?" is decoded when it is taken apart.
  const [name, query = ""] = location.hash.slice(1).split("?", 2);
  if (cardById.has(name)) {
    show("findings");
    openFinding(name);
    return;
  }
  const target = name ? document.getElementById(name) : null;
  const view = target?.closest(".view") ?? views[0];
  show(view.id);
  if (view.id === "findings") routeFindings(query);
  if (view.id === "reading") routeReading(new URLSearchParams(query));
  if (target && target !== view) {
    target.scrollIntoView();
    target.querySelector("[tabindex='-1']")?.focus({ preventScroll: true });
  } else if (!new URLSearchParams(query).has("row")) {
    scrollTo(0, 0);
  }
}

function show(id) {
  for (const view of views) view.hidden = view.id !== id;
  for (const link of document.querySelectorAll(".top nav a")) {
    if (link.hash === `#${id}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function isShown(id) {
  return views.some((view) => view.id === id && !view.hidden);
}

function setTheme(theme) {
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

function columnsChanged() {
  for (const holder of document.querySelectorAll("[data-columns]")) fillChooser(holder, columnsChanged);
  refillFindings();
  if (isShown("reading")) refillDocument();
  else opened = null;
}

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
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || help.open) return;
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

function start() {
  document.documentElement.classList.add("scripted");
  document.getElementById("more-filters").open = !matchMedia("(max-width: 44rem)").matches;
  for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = false;
  const theme = document.getElementById("theme");
  theme.value = session.get("theme") ?? "";
  setTheme(theme.value);
  theme.addEventListener("change", () => {
    session.set("theme", theme.value);
    setTheme(theme.value);
  });
  const shortcuts = document.getElementById("shortcuts");
  shortcuts.checked = session.get("shortcuts") !== false;
  shortcuts.addEventListener("change", () => session.set("shortcuts", shortcuts.checked));
  document.getElementById("open-help").addEventListener("click", openHelp);
  document.getElementById("close-help").addEventListener("click", () => help.close());
  document.querySelector("[data-skip]").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("main").focus();
  });
  document.addEventListener("keydown", pressed);
  startFindings();
  startReading();
  for (const holder of document.querySelectorAll("[data-columns]")) fillChooser(holder, columnsChanged);
  addEventListener("hashchange", route);
  route();
}

start();
