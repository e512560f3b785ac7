"use strict";
// What the page does beside that: who decides, what other windows did, and when it has to be loaded again.

const whoButton = document.getElementById("who");
const nameDialog = document.getElementById("ask-name");
// The overview, the concepts and the rules were made when the page was.
let outOfDate = false;

function showWho() {
  whoButton.replaceChildren(unseen("Your name: "), state.who ? isolated(state.who) : "Your name…");
}

/** The program has told what holds now. */
function stateChanged(before) {
  const ids = new Set([...Object.keys(before.decisions), ...Object.keys(state.decisions)]);
  const changed = [...ids].filter((id) => JSON.stringify(before.decisions[id]) !== JSON.stringify(state.decisions[id]));
  if (before.who !== state.who) showWho();
  if (before.data !== state.data || changed.length) outOfDate = true;
  decisionsChanged(changed);
  if (isShown("progress") && outOfDate) showProgress();
}

additions.shown = (id) => {
  tell("");
  document.getElementById("desk").hidden = id !== "findings" && id !== "progress" && !trouble.firstChild;
  chosenChanged();
  if (id === "progress") showProgress();
  else if (outOfDate && id !== "findings" && id !== "reading" && !waiting.length && !editors.size) location.reload();
};

whoButton.addEventListener("click", () => {
  document.getElementById("name").value = state.who;
  nameDialog.showModal();
});
nameDialog.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  nameDialog.close();
  try {
    await takeState((await ask("/api/name", { who: document.getElementById("name").value })).state);
  } catch (refusal) {
    if (refusal.status === undefined) throw refusal;
    complain("name", inWords(refusal), [["Close", () => solved("name")]]);
  }
});
document.getElementById("undo").addEventListener("click", () => undo());

addEventListener("beforeunload", (event) => {
  if (waiting.length || [...editors.values()].some(isChanged)) event.preventDefault();
});

for (const id of session.get("chosen") ?? []) chosen.add(id);
showWho();
waitingChanged();
addEventListener("load", () => {
  if (waiting.length) send();
  setTimeout(poll, POLL_SHOWN);
});
