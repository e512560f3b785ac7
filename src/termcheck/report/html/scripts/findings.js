"use strict";
// The findings: a card each, whose texts are filled in when it comes near, filters, order, and going from one to the next.

const SEVERITIES = ["error", "warning", "note"];
/** What a finding has under each filter. */
const TRAITS = {
  language: (finding) => (finding.lang === null ? [] : [finding.lang]),
  rule: (finding) => [finding.code],
  severity: (finding) => [finding.severity],
  document: (finding) => [documentOf(finding)],
  concept: (finding) => finding.concepts,
};
const MOST_FILLED = 240;
const MOST_PRINTED = 1000;
const ROWS_AT_FIRST = 2;

const form = document.getElementById("filters");
const list = document.getElementById("list");
let cards = [];
let cardById = new Map();
let shown = [];
let current = null;
const filled = new Set();

/** A card for every finding of the data. */
function makeCards() {
  cards = DATA.findings.map((finding, index) => ({ finding, index, node: null, filled: false, around: 0, rows: ROWS_AT_FIRST }));
  cardById = new Map(cards.map((card) => [card.finding.id, card]));
  shown = cards;
  filled.clear();
  comparableTexts.clear();
}

function documentOf(finding) {
  return finding.document === null ? finding.path : DATA.documents[finding.document].key;
}

function ruleTitle(finding) {
  return `${finding.code} ${finding.name}`;
}

function buildFilters() {
  const counts = Object.fromEntries(Object.keys(TRAITS).map((name) => [name, new Map()]));
  for (const { finding } of cards) {
    for (const [name, traits] of Object.entries(TRAITS)) {
      for (const value of traits(finding)) counts[name].set(value, (counts[name].get(value) ?? 0) + 1);
    }
  }
  const names = new Map(cards.map(({ finding }) => [finding.code, ruleTitle(finding)]));
  const label = { language: languageName, rule: (code) => names.get(code) };
  for (const name of Object.keys(TRAITS)) {
    if (Object.hasOwn(additions.defaults, name)) continue;
    const values = [...counts[name].keys()];
    if (name === "severity") values.sort((a, b) => SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b));
    else values.sort();
    form.elements[name].replaceChildren(
      element("option", { value: "" }, "all"),
      ...values.map((value) => element("option", { value }, `${(label[name] ?? String)(value)} (${counts[name].get(value).toLocaleString("en")})`)),
    );
  }
}

function buildCard(card) {
  const { finding } = card;
  const id = `finding-${finding.id}`;
  const place = element("span", { class: "place" }, isolated(`${finding.path}:${finding.line}:${finding.column}`));
  const rule = document.getElementById(`rule-${finding.code}`)
    ? element("a", { href: `#rule-${finding.code}` }, ruleTitle(finding))
    : ruleTitle(finding);
  card.top = element("div", { class: "card-top" });
  card.body = element("div", { class: "body" });
  card.node = element("article", { class: `finding ${finding.severity}`, id, "aria-labelledby": `${id}-title` },
    element("h2", { id: `${id}-title`, tabindex: "-1", dir: "auto" }, finding.message),
    element("p", { class: "meta" },
      element("span", { class: `severity ${finding.severity}` }, finding.severity), " ",
      finding.lang === null ? null : element("span", { class: "of" }, languageName(finding.lang)), " ",
      place, " ",
      element("span", {}, rule), " ",
      element("span", { class: "muted" }, `${finding.sureness} (${finding.confidence} %)`), " ",
      element("a", { class: "permalink", href: `#${finding.id}`, "aria-label": "Link to this finding" }, "link")),
    card.top, card.body);
  // So that its card can be found from the node alone.
  card.node.dataset.index = String(card.index);
}

const DECIDED = { "false-alarm": "false alarm", accepted: "accepted", later: "to be fixed later", note: "note" };

/** A decision in words: what, by whom, and why. */
function decisionParts(decision) {
  return [
    element("span", { class: `badge ${decision.kind}` }, DECIDED[decision.kind]), " ",
    decision.by ? element("span", {}, "by ", isolated(decision.by)) : null, " ",
    decision.reason ? element("q", { dir: "auto" }, decision.reason) : null,
  ];
}

/** Fills in what a card shows below its message. */
function fill(card) {
  filled.delete(card);
  filled.add(card);
  if (card.filled) return;
  card.filled = true;
  renderBody(card);
  for (const old of filled) {
    if (filled.size <= MOST_FILLED) break;
    if (old === current || old.node.contains(document.activeElement)) continue;
    filled.delete(old);
    old.filled = false;
    old.body.replaceChildren();
    watcher.unobserve(old.node);
    watcher.observe(old.node);
  }
}

function renderBody(card) {
  const { finding } = card;
  card.top.replaceChildren(...additions.top(card));
  const parts = byDocument(finding.rows.slice(0, card.rows)).flatMap((rows) => rowParts(card, rows));
  const hidden = finding.rows.length - card.rows;
  if (hidden > 0) {
    parts.push(element("p", {}, button(`Show ${plural(hidden, "more row")}`, () => {
      card.rows = finding.rows.length;
      renderBody(card);
    })));
  }
  if (finding.others.length) parts.push(otherTexts(finding));
  if (finding.why.length) {
    parts.push(element("div", { class: "why" }, element("h3", {}, "Why"),
      element("ul", {}, finding.why.map((sentence) => element("li", { dir: "auto" }, sentence)))));
  }
  card.body.replaceChildren(...parts);
}

/** Rows grouped by their documents, in the order of the first of each. */
function byDocument(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.document, [...(groups.get(row.document) ?? []), row]);
  return [...groups.values()];
}

/** The rows of a finding in one document, with those around them, and what can be done there. */
function rowParts(card, own) {
  const { finding } = card;
  const index = own[0].document;
  const doc = DATA.documents[index];
  const rows = new Map();
  for (const { row, marks, targets } of own) {
    for (let near = row - card.around; near <= row + card.around; near += 1) {
      if (!doc.rows[near] || (near !== row && rows.has(near))) continue;
      const address = DATA.whole ? readingAddress(index, near) : null;
      rows.set(near, near === row
        ? { index: near, marks, targets, address, quiet: true }
        : { index: near, marks: {}, targets: [], address, quiet: true, context: true });
    }
  }
  const ordered = card.around ? [...rows.values()].sort((a, b) => a.index - b.index) : [...rows.values()];
  const targets = own.flatMap((row) => row.targets);
  const concerned = targets.length ? targets : own.flatMap((row) => Object.keys(row.marks));
  const caption = `${doc.key}, row ${own.map((row) => row.row + 1).join(", ")}`;
  const table = parallelTable(doc, columnsOf(doc, concerned), ordered, caption, finding.message, card);
  const around = button(card.around ? "Hide the paragraphs around" : "Show the paragraphs around", () => toggleAround(card), {
    "aria-expanded": String(card.around > 0), class: "around",
  });
  const controls = element("p", { class: "controls" }, around);
  if (card.around) {
    controls.append(" ", button("Show more", () => { card.around += 2; renderBody(card); }));
  }
  if (DATA.whole) {
    controls.append(" ", element("a", { class: "open", href: readingAddress(index, own[0].row) }, "Open the document here"));
  }
  return [scroller(caption, table), controls, ...additions.below(card, own)];
}

function toggleAround(card) {
  const focused = card.body.contains(document.activeElement);
  card.around = card.around ? 0 : 1;
  renderBody(card);
  if (focused) card.body.querySelector(".around")?.focus({ preventScroll: true });
}

const ROLES = { target: "to check", source: "source", witness: "to compare", context: "context" };

/** Texts that are in no row: of files that were left out, of the glossary, of other places in a document. */
function otherTexts(finding) {
  return element("ul", { class: "others" }, finding.others.map((other) => {
    const text = element("div", { class: "text", ...languageAttributes(other.lang) });
    showText(text, DATA.texts[other.text], other.marks, finding.message);
    return element("li", { class: other.role === "target" ? "target" : null },
      element("p", { class: "facts" },
        element("strong", {}, other.lang === null ? isolated(other.path) : languageName(other.lang)), " ",
        element("span", { class: other.role === "target" ? "badge check" : "badge" }, ROLES[other.role]), " ",
        other.lang === null ? null : isolated(other.path), ` line ${other.line}`),
      text);
  }));
}

const comparableTexts = new Map();

const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (entry.isIntersecting) fill(cards[entry.target.dataset.index]);
  }
}, { rootMargin: "1200px 0px" });

function comparable(text) {
  return text.normalize("NFC").toLowerCase();
}

/** All that the free text is looked for in, made when it is first needed. */
function haystack(card) {
  if (card.haystack === undefined) {
    const { finding } = card;
    const texts = finding.rows.flatMap((row) => {
      const doc = DATA.documents[row.document];
      return (doc.rows[row.row] ?? []).filter((cell) => cell.length > 1).map((cell) => cell[0]);
    });
    const indices = new Set([...texts, ...finding.others.map((other) => other.text)]);
    card.haystack = [finding.message, finding.path, ruleTitle(finding), finding.id, ...finding.concepts, ...finding.why].map(comparable);
    card.indices = [...indices];
  }
  return card;
}

function textHas(index, wanted) {
  let text = comparableTexts.get(index);
  if (text === undefined) {
    text = comparable(DATA.texts[index]);
    comparableTexts.set(index, text);
  }
  return text.includes(wanted);
}

const ORDERS = {
  "": (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  sureness: (a, b) => b.confidence - a.confidence,
  place: () => 0,
  rule: (a, b) => (a.code < b.code ? -1 : Number(a.code > b.code)),
};

/** Shows the findings that the filters let through, in the order chosen. */
function applyFilters() {
  const wanted = Object.keys(TRAITS).map((name) => [name, form.elements[name].value]).filter(([, value]) => value);
  const text = comparable(form.elements.text.value.trim());
  const order = ORDERS[form.elements.order.value];
  shown = cards.filter((card) => {
    if (!wanted.every(([name, value]) => TRAITS[name](card.finding).includes(value))) return false;
    if (!text) return true;
    haystack(card);
    return card.haystack.some((each) => each.includes(text)) || card.indices.some((index) => textHas(index, text));
  }).sort((a, b) => order(a.finding, b.finding) || a.index - b.index);
  for (const card of shown) if (card.node === null) buildCard(card);
  watcher.disconnect();
  list.replaceChildren(...shown.map((card) => card.node));
  for (const card of shown) watcher.observe(card.node);
  const total = plural(cards.length, "finding");
  document.getElementById("shown").textContent = shown.length === cards.length ? total : `${shown.length.toLocaleString("en")} of ${total}`;
  if (!shown.length) list.append(element("p", { class: "empty" }, cards.length ? "No finding is like this." : "Nothing was found."));
  if (current && !shown.includes(current)) setCurrent(null);
  const usual = Object.keys(TRAITS).every((name) => form.elements[name].value === (additions.defaults[name] ?? ""));
  document.getElementById("clear").disabled = usual && !text;
  additions.filtered();
}

/** The filters as the part of the address behind the "?". */
function filterAddress() {
  const query = new URLSearchParams();
  for (const name of ["text", ...Object.keys(TRAITS), "order"]) {
    const value = form.elements[name].value.trim();
    if (value !== (additions.defaults[name] ?? "")) query.set(name, value);
  }
  const text = query.toString();
  return text ? `#findings?${text}` : "#findings";
}

function setFilters(query) {
  for (const name of ["text", ...Object.keys(TRAITS), "order"]) {
    const field = form.elements[name];
    const value = query.get(name) ?? additions.defaults[name] ?? "";
    if (name !== "text" && value && ![...field.options].some((option) => option.value === value)) {
      // Nothing has it: say so with an empty list instead of showing everything.
      field.append(element("option", { value }, `${name === "language" ? languageName(value) : value} (0)`));
    }
    field.value = value;
  }
  applyFilters();
}

function setCurrent(card) {
  current?.node?.classList.remove("current");
  current = card;
  current?.node.classList.add("current");
}

/** Goes to a card and leaves its address behind. */
function visit(card) {
  setCurrent(card);
  fill(card);
  const title = card.node.querySelector("h2");
  title.focus({ preventScroll: true });
  // What is near is filled in now: later it would push the card away.
  const at = shown.indexOf(card);
  for (const near of shown.slice(Math.max(at - 2, 0), at + 3)) fill(near);
  card.node.scrollIntoView({ block: "start" });
  requestAnimationFrame(() => card.node.scrollIntoView({ block: "start" }));
  history.replaceState(null, "", `#${card.finding.id}`);
}

function visitNext(step) {
  if (!shown.length) return;
  const at = current ? shown.indexOf(current) : firstInView() - (step > 0 ? 1 : 0);
  const next = Math.min(Math.max(at + step, 0), shown.length - 1);
  if (current && next === at) {
    document.getElementById("shown").textContent = step > 0 ? "This is the last finding." : "This is the first finding.";
    return;
  }
  visit(shown[next]);
}

/** The index of the first finding that begins below the top of the window. */
function firstInView() {
  const at = shown.findIndex((card) => card.node.getBoundingClientRect().bottom > 80);
  return at < 0 ? 0 : at;
}

/** Shows the finding of an address; false when there is none. */
function openFinding(id) {
  const card = cardById.get(id);
  if (!card) return false;
  if (card.node === null) setFilters(new URLSearchParams());
  if (!shown.includes(card)) {
    setFilters(new URLSearchParams(Object.keys(additions.defaults).map((name) => [name, ""])));
  }
  visit(card);
  return true;
}

/** The view of findings, filtered as the address says; without that the filters stay as they are. */
function routeFindings(query) {
  if (query) setFilters(new URLSearchParams(query));
  else applyFilters();
  history.replaceState(null, "", filterAddress());
}

function refillFindings() {
  for (const card of filled) if (card.filled) renderBody(card);
}

/** Shows other data in place of the present; what the reader looks at stays in sight where it is still there. */
function replaceData(data) {
  const at = current?.finding.id;
  DATA = data;
  makeCards();
  const query = new URLSearchParams(filterAddress().split("?")[1] ?? "");
  buildFilters();
  setFilters(query);
  current = null;
  const card = cardById.get(at);
  if (card && shown.includes(card)) setCurrent(card);
  refillDocument();
}

function startFindings() {
  makeCards();
  buildFilters();
  let waiting = 0;
  const changed = () => {
    applyFilters();
    history.replaceState(null, "", filterAddress());
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    changed();
  });
  form.addEventListener("change", changed);
  form.elements.text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(changed, 150);
  });
  document.getElementById("clear").addEventListener("click", () => {
    setFilters(new URLSearchParams());
    history.replaceState(null, "", "#findings");
    form.elements.text.focus();
  });
  document.getElementById("next").addEventListener("click", () => visitNext(1));
  document.getElementById("previous").addEventListener("click", () => visitNext(-1));
  list.addEventListener("click", (event) => {
    const card = event.target.closest("article.finding");
    if (card) setCurrent(cards[card.dataset.index]);
  });
  addEventListener("beforeprint", () => {
    for (const card of shown.slice(0, MOST_PRINTED)) if (!card.filled) { card.filled = true; renderBody(card); filled.add(card); }
  });
}
