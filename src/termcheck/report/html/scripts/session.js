"use strict";
// The data of the page, what the reader chose for this session, and elements made without markup.

let DATA = JSON.parse(document.getElementById("data").textContent);

/**
 * What other scripts add to the page before it starts: nodes for the top of a finding's card, for below its rows, and for
 * a cell with a text; values of filters that hold unless the address says otherwise; what to do when findings were
 * filtered or a view is shown.
 */
const additions = {
  top: ({ finding: { decision } }) => (decision ? [element("p", { class: "decided" }, decisionParts(decision))] : []),
  below: () => [],
  cell: () => null,
  defaults: {},
  filtered: () => {},
  shown: () => {},
};

/** What is kept until the browser is closed; without a store (some browsers have none for files) until the page is. */
const session = {
  values: new Map(),
  get(name) {
    if (this.values.has(name)) return this.values.get(name);
    try {
      return JSON.parse(sessionStorage.getItem(`termcheck:${name}`));
    } catch {
      return null;
    }
  },
  set(name, value) {
    this.values.set(name, value);
    try {
      sessionStorage.setItem(`termcheck:${name}`, JSON.stringify(value));
    } catch {
      // Then it is forgotten with the page.
    }
  },
};

/** An element with attributes (true: present, false or null: absent) and children, which are nodes or texts. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

function button(label, act, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", act);
  return made;
}

/** Text for screen readers; in our language, wherever it stands. */
function unseen(text) {
  return element("span", { class: "unseen", lang: "en", dir: "ltr" }, text);
}

function plural(count, noun) {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

function languageName(tag) {
  return Object.hasOwn(DATA.languages, tag) ? DATA.languages[tag].name : tag;
}

function languageAttributes(tag) {
  if (tag === null || !Object.hasOwn(DATA.languages, tag)) return { dir: "auto" };
  return { lang: tag, dir: DATA.languages[tag].dir };
}

/** A whole name of a file or document, whose direction is its own. */
function isolated(text) {
  return element("bdi", {}, text);
}
