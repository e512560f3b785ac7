"use strict";
// Which view is shown, and how the page starts.

const views = [...document.querySelectorAll(".view")];

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
  additions.shown(view.id);
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
