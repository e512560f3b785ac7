"use strict";
// Talking with the program that serves this page, and telling the reader what came of it.

let state = JSON.parse(document.getElementById("state").textContent);
let stateTag = null;
// Counts what was done from here: an answer that was on its way meanwhile may know less.
let deeds = 0;

const POLL_SHOWN = 2500;
const POLL_HIDDEN = 15000;

/** What the program answered instead of doing what it was asked for; status 0 when it did not answer at all. */
class Refusal extends Error {
  constructor(status, message, hint = "") {
    super(message);
    this.status = status;
    this.hint = hint;
  }
}

const SILENT = "termcheck does not answer. If it was stopped, start it again and open the new address.";
const STRANGE = "termcheck was started again, and this page belongs to the time before. Open the address that it printed.";

/** Asks for what is at a path, or sends a value or a file there; a text is the mark of what is known already. */
async function ask(path, body) {
  const type = body instanceof Blob ? "application/octet-stream" : "application/json";
  const options = body instanceof Object
    ? { method: "POST", headers: { "content-type": type }, body: body instanceof Blob ? body : JSON.stringify(body) }
    : { headers: body ? { "if-none-match": body } : {} };
  if (options.method === "POST") deeds += 1;
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Refusal(0, SILENT);
  }
  if (options.method === "POST") deeds += 1;
  if (answer.status === 304) return null;
  if (answer.status === 403) throw new Refusal(403, STRANGE);
  let data = {};
  try {
    data = await answer.json();
  } catch {
    if (answer.ok) throw new Refusal(0, SILENT);
  }
  if (!answer.ok) throw new Refusal(answer.status, data.message ?? "Something went wrong in termcheck.", data.hint);
  if (path === "/api/state") stateTag = answer.headers.get("etag");
  return data;
}

const told = document.getElementById("told");
const trouble = document.getElementById("trouble");

/** Says what was done; heard by screen readers. */
function tell(text) {
  told.textContent = text;
}

/** Says what went wrong, with buttons for what can be done about it, until `solved`. */
function complain(about, text, acts = []) {
  if (trouble.dataset.about === about && trouble.firstChild?.textContent === text) return;
  trouble.dataset.about = about;
  trouble.replaceChildren(element("p", {}, text), element("p", { class: "desk-acts" }, acts.flatMap(([label, act]) => [button(label, act), " "])));
}

/** Takes back what was said to be wrong. */
function solved(about) {
  if (trouble.dataset.about !== about) return;
  delete trouble.dataset.about;
  trouble.replaceChildren();
}

function inWords(refusal) {
  return refusal.hint ? `${sentence(refusal.message)} ${sentence(refusal.hint)}` : sentence(refusal.message);
}

/** The text with a capital at its beginning and a full stop at its end. */
function sentence(text) {
  const begun = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?…]$/u.test(begun) ? begun : `${begun}.`;
}

/** Takes over what the program knows now, which other windows may have changed. */
async function takeState(found) {
  const before = state;
  state = found;
  if (state.data !== DATA.revision) await loadData();
  stateChanged(before);
}

async function loadData() {
  const data = await ask("/api/data");
  // Another answer may have brought it meanwhile; to show it again would take the focus away.
  if (data.revision === DATA.revision) return;
  keepEditors();
  replaceData(data);
  bringEditorsBack();
}

async function poll() {
  try {
    const before = deeds;
    const found = await ask("/api/state", stateTag ?? "");
    solved("silence");
    if (before !== deeds) stateTag = null;
    else if (found) await takeState(found);
  } catch (refusal) {
    if (refusal.status === undefined) throw refusal;
    complain("silence", inWords(refusal));
  } finally {
    setTimeout(poll, document.hidden ? POLL_HIDDEN : POLL_SHOWN);
  }
}
