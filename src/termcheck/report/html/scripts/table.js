"use strict";
// Rows of paragraphs side by side, and the choice of the languages that have a column.

// So many languages are shown at first; of more the source, those concerned, and some others.
const FIRST_COLUMNS = 6;
const UNSURE = 70;

/** The languages that the reader chose, or null while the page chooses. */
function chosenLanguages() {
  const chosen = session.get("columns");
  if (!Array.isArray(chosen)) return null;
  const known = chosen.filter((tag) => typeof tag === "string" && Object.hasOwn(DATA.languages, tag));
  return known.length ? new Set(known) : null;
}

/** The languages of a document that have a column: the source, then those concerned, then others. */
function columnsOf(doc, concerned) {
  const first = [doc.source, ...concerned].filter((tag) => doc.languages.includes(tag));
  const ordered = [...new Set([...first, ...doc.languages])];
  const chosen = chosenLanguages();
  if (chosen === null) return ordered.slice(0, Math.max(FIRST_COLUMNS, new Set(first).size));
  return ordered.filter((tag) => chosen.has(tag) || concerned.includes(tag));
}

/** The controls that choose the columns, in an element that opens and closes. */
function fillChooser(holder, changed) {
  const tags = Object.keys(DATA.languages);
  const chosen = chosenLanguages();
  const label = chosen === null ? "Languages: automatic" : `Languages: ${chosen.size} of ${tags.length}`;
  const boxes = tags.map((tag) => {
    const box = element("input", { type: "checkbox", value: tag });
    box.checked = chosen === null || chosen.has(tag);
    return box;
  });
  const choose = (value) => {
    session.set("columns", value);
    changed();
  };
  for (const box of boxes) {
    box.addEventListener("change", () => choose(boxes.filter((each) => each.checked).map((each) => each.value)));
  }
  const lines = boxes.map((box) => element("label", {}, box, ` ${languageName(box.value)} `, tagOf(box.value)));
  const buttons = element(
    "p", {}, button("All", () => choose(tags)), " ", button("Automatic", () => choose(null)),
  );
  const summary = holder.querySelector("summary");
  if (summary) {
    summary.textContent = label;
    const old = [...holder.querySelectorAll("input")];
    boxes.forEach((box, index) => { old[index].checked = box.checked; });
    return;
  }
  holder.replaceChildren(
    element("summary", {}, label),
    element("div", { class: "sheet" },
      element("fieldset", {}, element("legend", {}, "Languages to show"), ...lines), buttons,
      element("p", { class: "small muted" }, "What a finding is about is always shown.")),
  );
}

function tagOf(tag) {
  return element("span", { class: "tag" }, tag);
}

/**
 * A table of some rows of a document; `rows` are [{index, marks, targets, context}], `why` explains the marks, `card` is
 * that of the finding that they are shown for, if any.
 */
function parallelTable(doc, columns, rows, caption, why, card = null) {
  const head = element("tr", { role: "row" },
    element("th", { scope: "col", role: "columnheader", class: "row-number" }, element("span", { class: "unseen" }, "Row")),
    columns.map((tag) => element("th", { scope: "col", role: "columnheader", title: doc.paths[tag] },
      languageName(tag), " ", tagOf(tag), " ", tag === doc.source ? element("span", { class: "badge" }, "source") : null)));
  const body = element("tbody", { role: "rowgroup" }, rows.map((row) => parallelRow(doc, columns, row, why, card)));
  const table = element("table", { class: "parallel", role: "table" },
    element("caption", { class: "unseen" }, caption),
    element("thead", { role: "rowgroup" }, head), body);
  table.style.setProperty("--columns", String(columns.length));
  return table;
}

function parallelRow(doc, columns, row, why, card = null) {
  const cells = doc.rows[row.index];
  return element("tr", { role: "row", class: row.context ? "context" : null },
    element("th", { scope: "row", role: "rowheader", class: "row-number" }, element("span", { class: "row-word" }, "Row "),
      row.address ? element("a", { href: row.address }, String(row.index + 1)) : String(row.index + 1), row.extra),
    columns.map((tag) => parallelCell(tag, cells[doc.languages.indexOf(tag)], row, why, additions.cell(doc, tag, row, card))));
}

function parallelCell(tag, cell, row, why, added) {
  const target = row.targets.includes(tag);
  const label = element("span", { class: "cell-label", lang: "en", dir: "ltr", "aria-hidden": "true" }, languageName(tag));
  if (cell.length === 1) {
    return element("td", { role: "cell", class: target ? "gap target" : "gap", ...languageAttributes(tag) }, label,
      element("p", { class: "facts", lang: "en", dir: "ltr" }, "nothing here", sure(cell[0], row.context || row.quiet)));
  }
  const [text, line, confidence, moved, kind] = cell;
  const paragraph = element("div", { class: `text ${kind}` });
  showText(paragraph, DATA.texts[text], row.marks[tag] ?? [], target ? why : `To compare: ${why}`);
  const facts = element("p", { class: "facts", lang: "en", dir: "ltr" }, `line ${line}`,
    target ? element("span", { class: "badge check" }, "to check") : null,
    moved ? element("span", { class: "badge" }, "moved") : null,
    sure(confidence, row.quiet), added);
  return element("td", { role: "cell", class: target ? "target" : null, ...languageAttributes(tag) }, label, paragraph, facts);
}

/** How sure it is that a cell belongs to its row; nothing where that is quiet and sure. */
function sure(confidence, quiet) {
  if (confidence < UNSURE) return element("span", { class: "badge unsure" }, `unsure, ${confidence} %`);
  return quiet ? null : element("span", {}, `${confidence} %`);
}

/** What scrolls sideways has to be reachable by keyboard, and what does not must not be in the way. */
const scrollers = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

function scroller(label, ...children) {
  const made = element("div", { class: "scroll", role: "group", "aria-label": label }, ...children);
  scrollers.observe(made);
  return made;
}
