"use strict";
// How far the review is, by language and by person, and the decisions that no longer hold.

const COLUMNS = [
  ["open", "Open"],
  ["later", "To be fixed"],
  ["accepted", "Accepted"],
  ["false_alarm", "False alarms"],
  ["note", "Notes"],
  ["expired", "No longer valid"],
];
const progressBody = document.getElementById("progress-body");

async function showProgress() {
  let found;
  try {
    found = await ask("/api/progress");
  } catch (refusal) {
    if (refusal.status === undefined) throw refusal;
    complain("progress", inWords(refusal), [["Try again", () => { solved("progress"); showProgress(); }]]);
    return;
  }
  solved("progress");
  const focused = document.activeElement?.id;
  progressBody.replaceChildren(...[
    howFar(found.total),
    element("div", { class: "columns" }, tallyTable("By language", "Language", noneLast(found.languages).map((each) => [languageCell(each.lang), each]), COLUMNS),
      found.people.length ? tallyTable("By person", "Person", found.people.map((each) => [each.by ? isolated(each.by) : "no name", each]), COLUMNS.slice(1)) : null),
    expiredList(found.expired),
    elsewherePart(found.languages),
    againPart(),
  ].filter(Boolean));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function howFar(total) {
  const decided = total.false_alarm + total.accepted + total.later;
  const all = decided + total.open;
  const words = all ? `${decided.toLocaleString("en")} of ${plural(all, "finding")} decided.` : "There are no findings.";
  return element("div", { class: "how-far" },
    element("p", {}, element("strong", {}, words)),
    all ? element("progress", { max: all, value: decided, "aria-label": "Findings decided" }) : null);
}

/** Files in no language stand below those that have one. */
function noneLast(languages) {
  return [...languages.filter(({ lang }) => lang), ...languages.filter(({ lang }) => !lang)];
}

function languageCell(tag) {
  if (!tag) return "no language (glossary, settings)";
  return element("span", {}, `${languageName(tag)} `, tagOf(tag));
}

function tallyTable(title, first, lines, columns) {
  const id = title.toLowerCase().replace(" ", "-");
  const used = columns.filter(([name]) => name === "open" || lines.some(([, tally]) => tally[name]));
  const table = element("table", { class: "plain tally" },
    element("caption", { class: "unseen" }, title),
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, first), used.map(([, label]) => element("th", { scope: "col", class: "number" }, label)))),
    element("tbody", {}, lines.map(([label, tally]) => element("tr", {}, element("th", { scope: "row" }, label),
      used.map(([name, what]) => element("td", { class: "number" }, countLink(name, what, tally)))))));
  return element("section", { "aria-labelledby": id }, element("h2", { id }, title), scroller(title, table));
}

const FILTER_OF = { open: OPEN, later: "later", accepted: "accepted", false_alarm: "false-alarm", note: "note" };

function countLink(name, what, tally) {
  const count = tally[name];
  const number = count.toLocaleString("en");
  if (!count || !tally.lang || !Object.hasOwn(FILTER_OF, name)) return element("span", { class: count ? null : "muted" }, number);
  const query = new URLSearchParams({ language: tally.lang, ...(name === "open" ? {} : { decision: FILTER_OF[name] }) });
  return element("a", { href: `#findings?${query}` }, number, unseen(` ${what.toLowerCase()}, ${languageName(tally.lang)}`));
}

function expiredList(expired) {
  if (!expired.length) return null;
  const lines = expired.map((each) => element("li", {},
    element("p", {}, element("strong", { dir: "auto" }, each.message), " ", isolated(each.path)),
    element("p", { class: "decided" }, decisionParts(each), element("span", { class: "muted" }, ` – ${each.why}`), " ",
      each.successor && cardById.has(each.successor) ? element("a", { href: `#${each.successor}` }, "what is said of the new text") : null)));
  return element("section", { "aria-labelledby": "no-longer" },
    element("h2", { id: "no-longer" }, "Decisions that no longer hold"),
    element("p", { class: "legend" }, "A text that they were about was changed. Findings on the new text are open again."),
    element("ul", { class: "ended" }, lines),
    element("p", {}, button("Remove these decisions", () => forgetAll(expired.map((each) => each.id)), { id: "forget" })));
}

async function forgetAll(ids) {
  try {
    const answer = await ask("/api/forget", { decisions: ids });
    undoable.push({ path: "/api/undo", number: answer.undo, ids: [] });
    waitingChanged();
    await takeState(answer.state);
    tell(`Removed: ${plural(ids.length, "decision")}.`);
    await showProgress();
    document.getElementById("progress-title").focus();
  } catch (refusal) {
    if (refusal.status === undefined) throw refusal;
    complain("progress", inWords(refusal), [["Close", () => solved("progress")]]);
  }
}

/** Files with what is open, for other tools, and the way back. */
function elsewherePart(languages) {
  const open = languages.filter(({ lang, open: count }) => lang && count);
  const lines = open.map(({ lang }) => element("tr", {}, element("th", { scope: "row" }, languageCell(lang)),
    ...[["xlf", "XLIFF"], ["csv", "CSV"]].map(([name, label]) => element("td", {}, element("a", { href: `/open/${lang}.${name}`, download: true }, label, unseen(`, ${languageName(lang)}`))))));
  const file = element("input", { type: "file", id: "corrected", accept: ".xlf,.xliff,.csv,.tsv,.txt" });
  const result = element("div", { class: "effect", role: "status", id: "import-result" });
  file.addEventListener("change", () => file.files.length && bringIn(file, result));
  return element("section", { "aria-labelledby": "elsewhere" },
    element("h2", { id: "elsewhere" }, "Correct texts in another program"),
    element("p", { class: "legend" }, "The files hold the texts with open findings: XLIFF for translation programs, CSV for spreadsheets. Correct the target texts only, and bring the file back here."),
    lines.length
      ? element("table", { class: "plain" }, element("caption", { class: "unseen" }, "Files with open texts"),
        element("thead", {}, element("tr", {}, ["Language", "Translation program", "Spreadsheet"].map((label) => element("th", { scope: "col" }, label)))),
        element("tbody", {}, lines))
      : element("p", {}, "Nothing is open."),
    element("p", { class: "bring" }, element("label", { for: "corrected" }, "Bring a corrected file back"), file),
    result);
}

async function bringIn(field, result) {
  result.replaceChildren(element("p", { class: "muted" }, "Saving the texts, and checking them…"));
  try {
    const { written, unchanged, refused, state: found } = await ask("/api/import", field.files[0]);
    const texts = Object.values(written).reduce((sum, count) => sum + count, 0);
    const parts = [element("p", {}, element("strong", {}, `Saved: ${plural(texts, "text")} in ${plural(Object.keys(written).length, "file")}.`), ` ${unchanged.toLocaleString("en")} as they were.`)];
    if (refused.length) {
      parts.push(element("p", { class: "refused" }, `Not saved: ${plural(refused.length, "text")}.`),
        element("ul", {}, refused.map((each) => element("li", {}, isolated(each.path), `, ${each.where}: ${sentence(each.reason)}`))));
    }
    await takeState(found);
    await showProgress();
    document.getElementById("import-result").replaceChildren(...parts);
  } catch (refusal) {
    if (refusal.status === undefined) throw refusal;
    result.replaceChildren(element("p", { class: "refused" }, inWords(refusal)));
  }
  field.value = "";
}

function againPart() {
  const again = button("Check everything again", async () => {
    again.disabled = true;
    tell("Checking everything. This may take a while…");
    try {
      await takeState((await ask("/api/check", {})).state);
      tell(`Checked: ${plural(cards.length, "finding")}, ${countOpen().toLocaleString("en")} open.`);
      await showProgress();
    } catch (refusal) {
      if (refusal.status === undefined) throw refusal;
      complain("progress", inWords(refusal), [["Close", () => solved("progress")]]);
    }
    again.disabled = false;
  }, { id: "check-again" });
  return element("section", { "aria-labelledby": "again-title" },
    element("h2", { id: "again-title" }, "Check again"),
    element("p", { class: "legend" }, "After a correction only its document is checked again. Files that others have changed are read when you ask for it here."),
    element("p", {}, again));
}
