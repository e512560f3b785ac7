"use strict";
// What a finding's card has more here: buttons to decide, what was decided, and a box to select it.

const chosen = new Set();

TRAITS.decision = (finding) => {
  const decision = decisionOf(finding.id);
  const kinds = [decision?.kind ?? OPEN];
  if (decision?.kind === "note") kinds.push(OPEN);
  if (decision?.reason && decision.kind !== "note") kinds.push("note");
  return kinds;
};
additions.defaults.decision = OPEN;

const decisionFilter = element("select", { name: "decision" },
  [[OPEN, "open"], ["false-alarm", "false alarms"], ["accepted", "accepted"], ["later", "to be fixed later"], ["note", "with a note"], ["", "all"]]
    .map(([value, label]) => element("option", { value }, label)));
form.querySelector(".fields").prepend(element("label", {}, "Decision ", decisionFilter));

function cardActs(card) {
  const { finding: { id } } = card;
  return Object.entries(KINDS_OF_DECISION).map(([kind, { act, key }]) => button(
    [act, " ", element("kbd", { "aria-hidden": "true" }, key)],
    () => decideCard(card, kind),
    { class: `act ${kind}`, "aria-describedby": `finding-${id}-title` },
  ));
}

/** Decides about one card, and goes on to the next that is open. */
function decideCard(card, kind) {
  askAndDecide([card.finding.id], kind, () => (kind === "note" ? visit(card) : visitNextOpen(card)));
}

function reopenCard(card) {
  if (decisionOf(card.finding.id) === null) return;
  decide([card.finding.id], OPEN);
  visit(card);
}

function decisionLine(card, decision) {
  const { finding: { id } } = card;
  return element("div", { class: "decided" },
    decisionParts(decision), " ",
    decision.kind === "note" ? null : button(decision.reason ? "Change the note…" : "Add a note…", () => askReason({
      title: "A note on the decision", label: decision.kind === "accepted" ? "Reason" : "Note", yes: "Save", needed: decision.kind === "accepted",
      help: "Whoever reads the decision later sees it.", value: decision.reason,
      then: (text) => { decide([id], decision.kind, text); visit(card); },
    }), { "aria-describedby": `finding-${id}-title` }), " ",
    button([decision.kind === "note" ? "Remove the note " : "Reopen ", element("kbd", { "aria-hidden": "true" }, "r")], () => reopenCard(card), { "aria-describedby": `finding-${id}-title` }));
}

function expiredLine(card) {
  const former = state.expired[card.finding.id];
  if (!former || decisionOf(card.finding.id) !== null) return null;
  return element("p", { class: "expired" },
    "An earlier decision no longer holds, for ", former.why, ": ",
    decisionParts(former), " ",
    button("Decide so again", () => { decide([card.finding.id], former.kind, former.reason); visitNextOpen(card); }));
}

additions.top = (card) => {
  const { finding: { id } } = card;
  const box = element("input", { type: "checkbox", "aria-describedby": `finding-${id}-title` });
  box.checked = chosen.has(id);
  box.addEventListener("change", () => choose(card, box.checked));
  const select = element("label", { class: "choose" }, box, " Select");
  const decision = decisionOf(id);
  const acts = element("div", { class: "acts" }, select, isOpen(id) ? cardActs(card) : decisionLine(card, decision));
  return [expiredLine(card), decision?.kind === "note" ? decisionLine(card, decision) : null, acts].filter(Boolean);
};

function choose(card, wanted) {
  if (wanted) chosen.add(card.finding.id);
  else chosen.delete(card.finding.id);
  refreshTop(card);
  chosenChanged();
}

/** Shows anew what a card says about its decision; the focus stays where it was, or on the card. */
function refreshTop(card) {
  if (!card.node) return;
  card.node.classList.toggle("chosen", chosen.has(card.finding.id));
  card.node.classList.toggle("done", decisionFilter.value === OPEN && !isOpen(card.finding.id));
  if (!card.filled) return;
  const inside = card.top.contains(document.activeElement);
  const wasBox = document.activeElement?.type === "checkbox";
  card.top.replaceChildren(...additions.top(card));
  if (inside) (wasBox ? card.top.querySelector("input") : card.node.querySelector("h2")).focus({ preventScroll: true });
}

/** Decisions on these findings have changed. */
function decisionsChanged(ids) {
  for (const id of ids) {
    const card = cardById.get(id);
    if (card) refreshTop(card);
  }
  countsChanged();
}

function countsChanged() {
  const open = countOpen();
  document.getElementById("open-count").textContent = open ? `${open.toLocaleString("en")} open` : "nothing is open";
}

/** Goes to the next finding shown that is open, from the top again after the last. */
function visitNextOpen(card) {
  const at = shown.indexOf(card);
  const next = [...shown.slice(at + 1), ...shown.slice(0, Math.max(at, 0))].find((each) => isOpen(each.finding.id));
  if (next) {
    visit(next);
    return;
  }
  if (at >= 0) visit(card);
  tell("Nothing is open among the findings shown.");
}

const chosenActs = document.getElementById("chosen-acts");

function chosenChanged() {
  chosenActs.hidden = !chosen.size || !isShown("findings");
  session.set("chosen", [...chosen]);
  if (!chosen.size) return;
  const act = (kind) => () => askAndDecide([...chosen], kind, afterChosen);
  chosenActs.replaceChildren(
    element("strong", {}, `${chosen.size.toLocaleString("en")} selected`), " ",
    ...Object.entries(KINDS_OF_DECISION).map(([kind, { act: label }]) => button(label, act(kind), { class: `act ${kind}` })),
    button("Reopen", () => { decide([...chosen].filter((id) => decisionOf(id) !== null), OPEN); afterChosen(); }),
    button("Select none", () => { clearChosen(); tell("Nothing is selected."); }),
  );
}

function clearChosen() {
  const before = [...chosen];
  chosen.clear();
  for (const id of before) if (cardById.has(id)) refreshTop(cardById.get(id));
  chosenChanged();
}

function afterChosen() {
  const first = shown.find((card) => chosen.has(card.finding.id));
  clearChosen();
  if (first) visitNextOpen(first);
}

const selectAll = button("Select all shown", () => {
  for (const card of shown) chosen.add(card.finding.id);
  for (const card of shown) refreshTop(card);
  chosenChanged();
  tell(`${plural(chosen.size, "finding")} selected.`);
}, { id: "select-all" });
document.querySelector("#findings .steps").before(selectAll);

additions.filtered = () => {
  const visible = new Set(shown.map((card) => card.finding.id));
  for (const id of chosen) if (!visible.has(id)) chosen.delete(id);
  for (const card of shown) refreshTop(card);
  selectAll.disabled = !shown.length;
  chosenChanged();
  countsChanged();
};

/** Decides by key: about the findings selected, or else about the one looked at. */
function byKey(kind) {
  if (!isShown("findings")) return;
  if (chosen.size) askAndDecide([...chosen], kind, afterChosen);
  else if (current) decideCard(current, kind);
  else visitNext(1);
}

for (const [kind, { key }] of Object.entries(KINDS_OF_DECISION)) KEYS[key] = () => byKey(kind);
KEYS.u = () => undo();
KEYS.r = () => {
  if (chosen.size) {
    decide([...chosen].filter((id) => decisionOf(id) !== null), OPEN);
    afterChosen();
  } else if (current && isShown("findings")) reopenCard(current);
};
KEYS.s = () => current && isShown("findings") && choose(current, !chosen.has(current.finding.id));
KEYS.e = () => current && isShown("findings") && current.body.querySelector("button.correct")?.click();
