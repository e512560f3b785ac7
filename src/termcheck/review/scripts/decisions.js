"use strict";
// Decisions: shown at once, saved in the order in which they were made, kept here until they are saved.

const KINDS_OF_DECISION = {
  "false-alarm": { act: "False alarm", key: "f" },
  accepted: { act: "Accept…", key: "a" },
  later: { act: "Fix later", key: "l" },
  note: { act: "Note…", key: "c" },
};
const OPEN = "open";
const RETRY = 4000;

// What is not saved yet: [{choices: [{id, kind, reason, seen}]}], kept when the page is loaded again.
const waiting = session.get("waiting") ?? [];
// The last choice that waits, by finding.
let pending = new Map();
const undoable = [];
let sending = false;
let saved = Promise.resolve();

/** The decision on a finding as it will be when everything is saved: {kind, reason, by} or null. */
function decisionOf(id) {
  const choice = pending.get(id);
  if (choice) return choice.kind === OPEN ? null : { kind: choice.kind, reason: choice.reason, by: state.who };
  return Object.hasOwn(state.decisions, id) ? state.decisions[id] : null;
}

/** Whether nobody has decided yet; a note decides nothing. */
function isOpen(id) {
  const decision = decisionOf(id);
  return decision === null || decision.kind === "note";
}

function countOpen() {
  return cards.filter(({ finding }) => isOpen(finding.id)).length;
}

/** Decides about findings, by their ids. */
function decide(ids, kind, reason = "") {
  const wanted = reason.trim().replace(/\s+/gu, " ");
  const choices = ids.map((id) => ({ id, kind, reason: wanted, seen: decisionOf(id) }));
  waiting.push({ choices });
  waitingChanged();
  tell(kind === OPEN ? `Reopened: ${plural(ids.length, "finding")}.` : `Decided: ${DECIDED[kind]}${ids.length > 1 ? `, ${plural(ids.length, "finding")}` : ""}.`);
  decisionsChanged(ids);
  send();
}

function waitingChanged() {
  pending = new Map(waiting.flatMap(({ choices }) => choices.map((choice) => [choice.id, choice])));
  session.set("waiting", waiting);
  document.getElementById("undo").disabled = !waiting.length && !undoable.length;
}

/** Saves what waits, one after the other. */
function send() {
  if (!sending) saved = saveWaiting();
  return saved;
}

async function saveWaiting() {
  sending = true;
  try {
    while (waiting.length) {
      const [{ choices }] = waiting;
      const answer = await ask("/api/decide", { choices });
      waiting.shift();
      undoable.push({ path: "/api/undo", number: answer.undo, ids: choices.map((choice) => choice.id) });
      waitingChanged();
      solved("saving");
      await takeState(answer.state);
    }
  } catch (refusal) {
    if (refusal.status === undefined) throw refusal;
    notSaved(refusal);
  } finally {
    sending = false;
  }
}

function notSaved(refusal) {
  const count = new Set(waiting.flatMap(({ choices }) => choices.map((choice) => choice.id))).size;
  const kept = `${plural(count, "decision")} not saved yet, but kept in this window.`;
  const discard = ["Discard them", () => discardWaiting()];
  if (refusal.status === 409) {
    complain("saving", `${inWords(refusal)} ${kept}`, [["Decide nevertheless", decideNevertheless], discard]);
    return;
  }
  complain("saving", `${inWords(refusal)} ${kept}`, [["Try again", send], discard]);
  // What does not answer may do so later; the reader need not wait for it.
  if (refusal.status === 0) setTimeout(send, RETRY);
}

/** Takes what others decided for known, and leaves aside findings that are gone. */
async function decideNevertheless() {
  await takeState(await ask("/api/state", ""));
  const [first] = waiting;
  first.choices = first.choices
    .filter((choice) => cardById.has(choice.id))
    .map((choice) => ({ ...choice, seen: state.decisions[choice.id] ?? null }));
  if (!first.choices.length) waiting.shift();
  waitingChanged();
  solved("saving");
  send();
}

function discardWaiting() {
  const ids = waiting.flatMap(({ choices }) => choices.map((choice) => choice.id));
  waiting.length = 0;
  waitingChanged();
  solved("saving");
  decisionsChanged(ids);
  tell("Discarded.");
}

/** Takes back what was done last in this window. */
async function undo() {
  // What is on its way has to arrive first.
  if (sending && waiting.length === 1) await saved;
  if (waiting.length) {
    const { choices } = waiting.pop();
    waitingChanged();
    if (!waiting.length) solved("saving");
    decisionsChanged(choices.map((choice) => choice.id));
    tell("Undone.");
    return;
  }
  const last = undoable.pop();
  waitingChanged();
  if (!last) {
    tell("There is nothing to undo.");
    return;
  }
  try {
    const answer = await ask(last.path, { undo: last.number });
    await takeState(answer.state);
    tell("Undone.");
    const card = cardById.get(last.ids[0]);
    if (card && shown.includes(card)) visit(card);
  } catch (refusal) {
    if (refusal.status === undefined) throw refusal;
    if (refusal.status !== 409) {
      undoable.push(last);
      waitingChanged();
    }
    complain("undo", inWords(refusal), [["Close", () => solved("undo")]]);
  }
}

const reasonDialog = document.getElementById("ask-reason");
const formerReasons = [];

/** Asks for a text and calls `then` with it; `needed` says whether it may not be empty. */
function askReason({ title, help, label, yes, needed, value = "", then }) {
  const field = document.getElementById("reason");
  document.getElementById("ask-reason-title").textContent = title;
  document.getElementById("ask-reason-help").textContent = help;
  document.getElementById("reason-label").textContent = label;
  document.getElementById("ask-reason-yes").textContent = yes;
  field.required = needed;
  field.value = value;
  const former = formerReasons.slice(0, 4).map((text) => button(text, () => { field.value = text; field.focus(); }, { dir: "auto" }));
  document.getElementById("former-reasons").replaceChildren(
    ...(former.length ? [element("p", { class: "small muted" }, "Used before:"), element("p", { class: "former" }, former)] : []),
  );
  // Not when the dialog reports that it was closed: by then another may have been opened.
  reasonDialog.querySelector("form").onsubmit = (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (needed && !text) return;
    reasonDialog.close();
    if (text) {
      if (formerReasons.includes(text)) formerReasons.splice(formerReasons.indexOf(text), 1);
      formerReasons.unshift(text);
    }
    then(text);
  };
  reasonDialog.showModal();
  field.focus();
}

/** Decides about findings with a text that is asked for where the kind of decision needs one. */
function askAndDecide(ids, kind, then = () => {}) {
  const about = ids.length === 1 ? "this finding" : plural(ids.length, "finding");
  const go = (reason) => {
    decide(ids, kind, reason);
    then();
  };
  if (kind === "accepted") {
    askReason({
      title: `Accept ${about}`, label: "Reason", yes: "Accept", needed: true, then: go,
      help: "Why is the text to stay as it is? Whoever reads it later will want to know.",
    });
  } else if (kind === "note") {
    askReason({
      title: `A note on ${about}`, label: "Note", yes: "Save the note", needed: true, then: go,
      help: "The finding stays open. Others see the note.",
      value: ids.length === 1 ? decisionOf(ids[0])?.reason ?? "" : "",
    });
  } else {
    go("");
  }
}

for (const dialog of [reasonDialog, document.getElementById("ask-name")]) {
  dialog.querySelector("[value=no]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) dialog.querySelector("form").requestSubmit(dialog.querySelector(".main"));
  });
}
