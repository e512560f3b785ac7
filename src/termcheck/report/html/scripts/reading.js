"use strict";
// A document as a whole: all rows side by side, filled in as they come near.

const CHUNK = 30;

const reader = document.getElementById("reader");
const page = document.getElementById("document");
let opened = null;
let chunkWatcher = null;

function readingAddress(index, row = null) {
  const query = new URLSearchParams({ document: DATA.documents[index].key });
  if (row !== null) query.set("row", String(row + 1));
  return `#reading?${query}`;
}

/** The findings of a document by row. */
function findingsByRow(index) {
  const found = new Map();
  for (const { finding } of cards) {
    for (const row of finding.rows) {
      if (row.document !== index) continue;
      if (!found.has(row.row)) found.set(row.row, []);
      found.get(row.row).push([finding, row]);
    }
  }
  return found;
}

/** Shows the document at an index; `row`, when given, is the one to go to. */
function openDocument(index, row = null) {
  if (opened === null || opened.index !== index) renderDocument(index);
  if (row !== null) visitRow(row);
}

function renderDocument(index) {
  chunkWatcher?.disconnect();
  const doc = DATA.documents[index];
  reader.elements.document.value = String(index);
  const columns = columnsOf(doc, []);
  const table = parallelTable(doc, columns, [], doc.key, "");
  table.tBodies[0].remove();
  opened = { index, doc, columns, findings: findingsByRow(index), chunks: [], at: -1 };
  for (let start = 0; start < doc.rows.length; start += CHUNK) {
    const body = element("tbody", { role: "rowgroup" });
    const spacer = element("td", { colspan: columns.length + 1, role: "cell" });
    const count = Math.min(CHUNK, doc.rows.length - start);
    spacer.style.height = `${count * 5}rem`;
    body.append(element("tr", { role: "row", class: "spacer" }, spacer));
    body.dataset.start = String(start);
    opened.chunks.push({ body, filled: false });
    table.append(body);
  }
  const holder = scroller(doc.key, table);
  page.replaceChildren(holder);
  // On a wide screen the table scrolls by itself, so that the languages stay in sight; on a phone the page does.
  const inner = getComputedStyle(holder).overflowY === "auto" && matchMedia("(min-width: 44rem)").matches;
  chunkWatcher = new IntersectionObserver(fillNear, { root: inner ? holder : null, rootMargin: "1200px 0px" });
  for (const chunk of opened.chunks) chunkWatcher.observe(chunk.body);
  const gaps = doc.rows.flat().filter((cell) => cell.length === 1).length;
  const moved = doc.rows.flat().filter((cell) => cell[3]).length;
  const missing = Object.keys(doc.paths).filter((tag) => !doc.languages.includes(tag)).map(languageName);
  if (missing.length) page.prepend(element("p", { class: "notice" }, `Not compared with the others: ${missing.join(", ")}.`));
  document.getElementById("read-status").textContent =
    [plural(doc.rows.length, "row"), plural(gaps, "gap"), moved ? `${moved} moved` : "", plural(new Set([...opened.findings.values()].flat().map(([finding]) => finding.id)).size, "finding")]
      .filter(Boolean).join(", ");
}

function fillChunk(at) {
  const chunk = opened.chunks[at];
  if (!chunk || chunk.filled) return;
  chunk.filled = true;
  const start = at * CHUNK;
  const rows = [];
  for (let index = start; index < Math.min(start + CHUNK, opened.doc.rows.length); index += 1) rows.push(readingRow(index));
  chunk.body.replaceChildren(...rows);
}

function readingRow(index) {
  const found = opened.findings.get(index) ?? [];
  const marks = {};
  const targets = new Set();
  for (const [, row] of found) {
    for (const tag of row.targets) {
      targets.add(tag);
      // Marks of two findings may overlap; the first of each language is shown.
      if (row.marks[tag] && !marks[tag]) marks[tag] = row.marks[tag];
    }
  }
  const links = found.map(([finding]) => element("a",
    { class: `flag ${finding.severity}`, href: `#${finding.id}`, title: finding.message, "aria-label": `${finding.severity}: ${finding.message}` },
    finding.code));
  const why = found.map(([finding]) => finding.message).join(" ");
  const extra = links.length ? element("span", { class: "flags" }, links) : null;
  const made = parallelRow(opened.doc, opened.columns, { index, marks, targets: [...targets], extra }, why);
  made.id = `row-${index + 1}`;
  return made;
}

function fillNear(entries) {
  for (const entry of entries) {
    if (entry.isIntersecting && opened) fillChunk(Number(entry.target.dataset.start) / CHUNK);
  }
}

function visitRow(index) {
  const last = opened.doc.rows.length - 1;
  const row = Math.min(Math.max(index, 0), last);
  opened.at = row;
  const chunk = Math.floor(row / CHUNK);
  for (const at of [chunk - 1, chunk, chunk + 1]) fillChunk(at);
  const node = document.getElementById(`row-${row + 1}`);
  if (!node) return;
  for (const old of page.querySelectorAll("tr.current")) old.classList.remove("current");
  node.classList.add("current");
  const header = node.querySelector("th");
  header.tabIndex = -1;
  header.focus({ preventScroll: true });
  const go = () => node.scrollIntoView({ block: "center" });
  go();
  requestAnimationFrame(go);
}

const KINDS = {
  finding: (index) => opened.findings.has(index),
  gap: (index) => shownCells(index).some((cell) => cell.length === 1),
  moved: (index) => shownCells(index).some((cell) => cell[3]),
  unsure: (index) => shownCells(index).some((cell) => (cell.length === 1 ? cell[0] : cell[2]) < UNSURE),
};

function shownCells(index) {
  return opened.columns.map((tag) => opened.doc.rows[index][opened.doc.languages.indexOf(tag)]);
}

/** Goes to the next row of the kind chosen, from the top again after the last. */
function jump() {
  const kind = reader.elements.kind;
  const count = opened ? opened.doc.rows.length : 0;
  for (let step = 1; step <= count; step += 1) {
    const index = (opened.at + step) % count;
    if (KINDS[kind.value](index)) {
      visitRow(index);
      history.replaceState(null, "", readingAddress(opened.index, index));
      return;
    }
  }
  document.getElementById("read-status").textContent = `This document has no ${kind.selectedOptions[0].textContent} in these languages.`;
}

function refillDocument() {
  if (opened === null) return;
  const { index, at } = opened;
  opened = null;
  openDocument(index, at >= 0 ? at : null);
}

function startReading() {
  if (!reader) return;
  const readable = DATA.documents.map((doc, index) => [doc, index]).filter(([doc]) => doc.rows.length);
  reader.elements.document.replaceChildren(...readable.map(([doc, index]) => element("option", { value: index }, doc.key)));
  reader.addEventListener("submit", (event) => {
    event.preventDefault();
    jump();
  });
  reader.elements.document.addEventListener("change", (event) => {
    openDocument(Number(event.target.value));
    history.replaceState(null, "", readingAddress(opened.index));
    scrollTo(0, 0);
  });
  document.getElementById("jump").addEventListener("click", jump);
  if (!readable.length) page.replaceChildren(element("p", { class: "empty" }, "No document has versions to compare."));
}

/** The view of documents, at the one that the address names. */
function routeReading(query) {
  if (!reader) return;
  const wanted = DATA.documents.findIndex((doc) => doc.key === query.get("document") && doc.rows.length);
  const first = DATA.documents.findIndex((doc) => doc.rows.length);
  const index = wanted >= 0 ? wanted : opened?.index ?? first;
  if (index < 0) return;
  const row = Number.parseInt(query.get("row") ?? "", 10);
  openDocument(index, Number.isNaN(row) ? null : row - 1);
}
