"use strict";
// Paragraphs with marked words; long ones folded to what surrounds the marks.

const FOLD_AT = 1600;
const FOLD_TO = 500;
const AROUND_MARK = 160;
const MOST_WINDOWS = 12;

/** The spans [start, end] of a text that are shown while it is folded: sorted and disjoint. */
function keptSpans(text, marks) {
  const spans = marks.length ? [] : [[0, FOLD_TO]];
  for (let i = 0; i < marks.length && spans.length < MOST_WINDOWS; i += 2) {
    // A marked passage may itself be as long as a book.
    const end = Math.min(marks[i + 1], marks[i] + FOLD_TO);
    const span = [Math.max(marks[i] - AROUND_MARK, 0), Math.min(end + AROUND_MARK, text.length)];
    const last = spans.at(-1);
    if (last && span[0] <= last[1]) last[1] = Math.max(last[1], span[1]);
    else spans.push(span);
  }
  return spans.map(([start, end]) => [wholeCharacter(text, start), wholeCharacter(text, end)]);
}

/** The offset, or the one before it where it falls into a surrogate pair. */
function wholeCharacter(text, offset) {
  const code = text.charCodeAt(offset);
  return offset > 0 && code >= 0xdc00 && code <= 0xdfff ? offset - 1 : offset;
}

/** The part of a text from start to end as nodes, with the marked words in it. */
function markedPart(text, marks, start, end, why) {
  const nodes = [];
  let at = start;
  for (let i = 0; i < marks.length; i += 2) {
    const from = Math.max(marks[i], at);
    const to = Math.min(marks[i + 1], end);
    if (from >= to) continue;
    if (from > at) nodes.push(text.slice(at, from));
    nodes.push(element("mark", { title: why }, unseen("[marked: "), text.slice(from, to), unseen("]")));
    at = to;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

/** Fills a holder with a text, folded when it is long. `why` is what the marks say when pointed at. */
function showText(holder, text, marks, why) {
  if (text.length <= FOLD_AT) {
    holder.replaceChildren(...markedPart(text, marks, 0, text.length, why));
    return;
  }
  const nodes = [];
  let at = 0;
  for (const [start, end] of keptSpans(text, marks)) {
    if (start > at) nodes.push(ellipsis());
    nodes.push(...markedPart(text, marks, start, end, why));
    at = end;
  }
  if (at < text.length) nodes.push(ellipsis());
  const all = button(`Show all ${plural(text.length, "character")}`, () => {
    holder.replaceChildren(...markedPart(text, marks, 0, text.length, why));
    holder.tabIndex = -1;
    holder.focus({ preventScroll: true });
  }, { class: "unfold", lang: "en", dir: "ltr" });
  holder.replaceChildren(...nodes, all);
}

function ellipsis() {
  return element("span", { class: "muted" }, " … ");
}
