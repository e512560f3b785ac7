"use strict";
// Correcting a text below the rows that show it: what the check says of it, and saving it in its file.

const PAUSE = 1200;

// The open editors, by the finding, language and place of the row among the finding's rows.
const editors = new Map();

additions.cell = (doc, tag, row, card) => {
  if (!card || !row.targets.includes(tag)) return null;
  return button("Correct…", () => openEditor(card, doc, tag, row.index), {
    class: "correct", "aria-label": `Correct the ${languageName(tag)} text`, "aria-describedby": `finding-${card.finding.id}-title`,
  });
};

additions.below = (card, own) => {
  const document_ = own[0].document;
  return [...editors.values()]
    .filter((editor) => editor.id === card.finding.id && editor.place.document === document_ && own.some(({ row }) => row === editor.place.row))
    .map((editor) => editor.node);
};

async function openEditor(card, doc, tag, row) {
  const key = `${card.finding.id} ${tag} ${row}`;
  const open = editors.get(key);
  if (open) {
    open.fields[0]?.focus();
    return;
  }
  const place = { data: DATA.revision, document: DATA.documents.indexOf(doc), row, lang: tag };
  let texts;
  try {
    ({ texts } = await ask("/api/texts", place));
  } catch (refusal) {
    if (refusal.status === undefined) throw refusal;
    complain("editor", inWords(refusal), [["Close", () => solved("editor")]]);
    return;
  }
  solved("editor");
  const editor = { key, id: card.finding.id, place, path: doc.paths[tag], before: texts, turn: 0, timer: 0 };
  editor.fields = texts.map((text, index) => {
    const field = element("textarea", { ...languageAttributes(tag), spellcheck: "true", rows: String(Math.min(12, Math.max(3, Math.ceil(text.length / 90) + text.split("\n").length - 1))), "aria-label": `${languageName(tag)} text${texts.length > 1 ? `, part ${index + 1}` : ""}` });
    field.value = text;
    field.addEventListener("input", () => typed(editor));
    return field;
  });
  editor.result = element("div", { class: "effect", role: "status" });
  editor.saveButton = element("button", { class: "main" }, "Save");
  editor.node = element("form", { class: "editor", "aria-label": `Correct the ${languageName(tag)} text` },
    element("h3", {}, `Correct the ${languageName(tag)} text`),
    editor.fields,
    element("p", { class: "small muted" }, "Signs such as ** or [ ] and { } are formatting and placeholders: keep them where they belong."),
    element("p", { class: "acts" }, editor.saveButton, " ", button("Cancel", () => closeEditor(editor)),
      element("span", { class: "small muted keys-hint" }, element("kbd", {}, "Ctrl"), " ", element("kbd", {}, "Enter"), " saves, ", element("kbd", {}, "Esc"), " leaves it as it was")),
    editor.result);
  editor.node.addEventListener("submit", (event) => {
    event.preventDefault();
    save(editor);
  });
  editor.node.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      closeEditor(editor);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save(editor);
    }
  });
  editors.set(key, editor);
  renderBody(card);
  editor.fields[0].focus({ preventScroll: true });
  editor.node.scrollIntoView({ block: "nearest" });
}

function isChanged(editor) {
  return editor.fields.some((field, index) => field.value !== editor.before[index]);
}

function closeEditor(editor) {
  clearTimeout(editor.timer);
  editor.turn += 1;
  editors.delete(editor.key);
  editor.node.remove();
  solved("editor");
  const card = cardById.get(editor.id);
  if (card?.node) card.node.querySelector("h2").focus({ preventScroll: true });
}

function request(editor) {
  return { ...editor.place, texts: editor.fields.map((field) => field.value) };
}

function typed(editor) {
  clearTimeout(editor.timer);
  editor.turn += 1;
  editor.result.replaceChildren();
  if (isChanged(editor)) editor.timer = setTimeout(() => check(editor), PAUSE);
}

/** Shows what a check says of the text as it is now. */
async function check(editor) {
  const { turn } = editor;
  // One at a time: what is typed meanwhile is looked at afterwards.
  editor.wanted = editor.busy;
  if (editor.busy) return;
  editor.busy = true;
  editor.result.replaceChildren(element("p", { class: "muted" }, "Checking this text…"));
  try {
    const { effect } = await ask("/api/try", request(editor));
    if (turn === editor.turn) {
      editor.result.replaceChildren(...effectParts(effect));
      editor.result.scrollIntoView({ block: "nearest" });
    }
  } catch (refusal) {
    if (refusal.status === undefined) throw refusal;
    if (turn === editor.turn) showRefusal(editor, refusal);
  } finally {
    editor.busy = false;
  }
  if (editor.wanted && editors.has(editor.key)) check(editor);
}

const EFFECTS = [["gone", "solved", "✓"], ["still", "still there", "•"], ["new", "new", "!"]];

function effectParts(effect) {
  const lines = EFFECTS.flatMap(([name, label, sign]) => effect[name].map((each) => element("li", { class: name },
    element("span", { "aria-hidden": "true" }, sign), " ", element("strong", {}, label), ": ", element("span", { dir: "auto" }, each.message))));
  return [element("p", {}, effectInWords(effect, "With this text: ")), lines.length ? element("ul", {}, lines) : null].filter(Boolean);
}

function effectInWords(effect, start) {
  const parts = EFFECTS.filter(([name]) => effect[name].length).map(([name, label]) => `${plural(effect[name].length, "finding")} ${label}`);
  return `${start}${parts.length ? parts.join(", ") : "no finding changes"}.`;
}

async function save(editor) {
  if (!isChanged(editor)) {
    closeEditor(editor);
    return;
  }
  clearTimeout(editor.timer);
  editor.turn += 1;
  editor.saveButton.disabled = true;
  editor.result.replaceChildren(element("p", { class: "muted" }, "Saving, and checking the new text…"));
  try {
    const { effect, state: found, undo: number } = await ask("/api/save", request(editor));
    undoable.push({ path: "/api/undo-texts", number, ids: [editor.id] });
    waitingChanged();
    const at = shown.findIndex((card) => card.finding.id === editor.id);
    editors.delete(editor.key);
    await takeState(found);
    const next = cardById.get(editor.id) ?? shown[Math.min(Math.max(at, 0), shown.length - 1)];
    if (next) visit(next);
    tell(effectInWords(effect, `Saved in ${editor.path}: `));
  } catch (refusal) {
    if (refusal.status === undefined) throw refusal;
    editor.saveButton.disabled = false;
    showRefusal(editor, refusal);
  }
}

function showRefusal(editor, refusal) {
  const again = refusal.status === 409
    ? element("p", {}, button("Read the file again", () => readAgain(editor)))
    : null;
  editor.result.replaceChildren(...[element("p", { class: "refused" }, inWords(refusal)), again].filter(Boolean));
}

/** Takes over what the file says now; what was typed stays. */
async function readAgain(editor) {
  try {
    const { state: found } = await ask("/api/read", { document: editor.place.document });
    await takeState(found);
  } catch (refusal) {
    if (refusal.status === undefined) throw refusal;
    showRefusal(editor, refusal);
  }
}

const leftOver = element("div", { id: "left-over" });
list.before(leftOver);

function keepEditors() {
  for (const editor of editors.values()) editor.focused = editor.fields.includes(document.activeElement) ? document.activeElement : null;
}

/** Puts open editors where their findings are in the new data; what was typed for one that is gone stays at the top. */
function bringEditorsBack() {
  for (const editor of [...editors.values()]) {
    const card = cardById.get(editor.id);
    const row = card?.finding.rows.find(({ document: index, targets }) => index === editor.place.document && targets.includes(editor.place.lang));
    if (row) {
      editor.place = { ...editor.place, data: DATA.revision, row: row.row };
      editor.result.replaceChildren();
      if (card.filled) renderBody(card);
    } else {
      editors.delete(editor.key);
      if (isChanged(editor)) leave(editor);
    }
    editor.focused?.focus({ preventScroll: true });
  }
}

function leave(editor) {
  const fields = editor.fields.map((field) => {
    field.readOnly = true;
    return field;
  });
  const box = element("div", { class: "editor" },
    element("h3", {}, `What you typed for ${editor.path}`),
    element("p", {}, "The text there was changed meanwhile, so this was not saved. Copy from it what you need."),
    fields, element("p", {}, button("Close", () => box.remove())));
  leftOver.append(box);
}
