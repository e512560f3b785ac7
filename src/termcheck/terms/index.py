"""The words of one language, ready to be counted: where each stands, and which forms may be one word."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from termcheck.terms.evidence import StoredRow, TermEvidence

_LONGEST_FORM = 32
_SHORT_FORM = 5
_MOST_FORMS = 100
# A form that is much rarer than the word's most frequent one is not shown for the word: it may be a slip of the pen.
_USUAL = 9
_ALWAYS = 0.8


def beginnings(form: str) -> tuple[str, ...]:
    """The beginnings of a form that may be its word: from four letters up (three in short ones; two in dense scripts).

    In scripts written without spaces a form is a run of text, so its parts are tried instead.
    """
    form = form[:_LONGEST_FORM]
    size = len(form)
    longest = longest_part(form)
    if longest:
        parts = {form[i:j] for i in range(size) for j in range(i + 1, min(i + longest, size) + 1)}
        return tuple(f"*{part}*" for part in sorted(parts))
    shortest = 2 if form >= "\u1100" else 3 if size <= _SHORT_FORM else 4
    return tuple(form[:end] + "*" for end in range(min(shortest, size), size + 1))


def longest_part(form: str) -> int:
    """How long a word within a run of text can be, in scripts written without spaces; 0 in others."""
    if any("\u3400" <= char <= "\u9fff" for char in form):
        return 4
    if any("\u0e00" <= char <= "\u0eff" for char in form):
        return 8
    return 0


class LanguageIndex:
    """One language's cells, ready to be counted. Rows are positions in the list that the index was made from."""

    def __init__(self, lang: str, rows: Sequence[StoredRow], evidence: TermEvidence) -> None:
        self.lang = lang
        self._texts: dict[int, Sequence[str]] = {}
        self._cells: dict[int, frozenset[str]] = {}
        self._rows_of: dict[str, list[int]] = {}
        self.tokens: dict[int, int] = {}
        self.form_counts: Counter[str] = Counter()
        for position, row in enumerate(rows):
            cell = row.cells.get(lang)
            if cell is None:
                continue
            self._texts[position] = cell.forms
            self._cells[position] = frozenset(cell.forms)
            self.tokens[position] = len(cell.forms)
            self.form_counts.update(cell.forms)
            for form in self._cells[position]:
                self._rows_of.setdefault(form, []).append(position)
        self._key = {form: evidence.key(lang, form) for form in self.form_counts}
        self._candidates: dict[str, tuple[str, ...]] = {}
        self._forms_of: dict[str, list[str]] = {}
        for form in sorted(self.form_counts):
            found = (f"={self._key[form]}", *beginnings(form))
            self._candidates[form] = found
            for candidate in found:
                self._forms_of.setdefault(candidate, []).append(form)

    def __contains__(self, position: int) -> bool:
        return position in self._cells

    @property
    def present(self) -> Collection[int]:
        """The rows in which the language has text, in order."""
        return self._cells.keys()

    def forms(self, position: int) -> frozenset[str]:
        """The forms in a cell; empty where the language has no text."""
        return self._cells.get(position, frozenset())

    def count_keys(self, positions: Iterable[int]) -> Counter[str]:
        """In how many of these rows each grouping key stands."""
        counts: Counter[str] = Counter()
        for position in positions:
            counts.update({self._key[form] for form in self.forms(position)})
        return counts

    def key_of(self, form: str) -> str | None:
        """The grouping key of a form, None when it was never seen."""
        return self._key.get(form)

    def forms_of(self, candidate: str) -> frozenset[str]:
        """The forms seen of a candidate word."""
        return frozenset(self._forms_of[candidate])

    def relatives(self, candidate: str) -> set[str]:
        """The candidate and those others that consist of some of its forms."""
        forms = self.forms_of(candidate)
        return {other for form in forms for other in self._candidates[form] if self.forms_of(other) <= forms}

    def count(self, positions: Iterable[int]) -> Counter[str]:
        """In how many of these rows each candidate stands."""
        counts: Counter[str] = Counter()
        for position in positions:
            counts.update({name for form in self.forms(position) for name in self._candidates[form]})
        return counts

    def using(self, forms: Iterable[str]) -> set[int]:
        """The rows that hold one of the forms."""
        return {position for form in forms for position in self._rows_of.get(form, ())}

    def citation(self, candidate: str) -> str:
        """The form to show for a word: the one that begins most of its occurrences, then the most frequent."""
        if candidate.startswith("*"):
            return candidate.strip("*")
        forms = self.forms_of(candidate)
        if all("\uac00" <= form[0] <= "\ud7a3" for form in forms):
            # Particles and endings follow a Korean word unchanged, so what the forms share is the word.
            # Of several spellings, or words with one beginning, the most frequent is shown.
            totals: Counter[str] = Counter()
            for form in sorted(forms):
                totals[self._key[form]] += self.form_counts[form]
            usual_key = max(sorted(totals), key=lambda key: totals[key])
            if 2 * totals[usual_key] >= totals.total():
                forms = frozenset(form for form in forms if self._key[form] == usual_key)
            return _common_beginning(min(forms), max(forms)) or min(forms)
        ordered = sorted(forms, key=lambda form: (-self.form_counts[form], form))[:_MOST_FORMS]
        usual = [form for form in ordered if self.form_counts[form] * _USUAL >= self.form_counts[ordered[0]]]

        def merit(form: str) -> tuple[int, int, int]:
            begun = sum(self.form_counts[other] for other in ordered if other.startswith(form))
            return begun, self.form_counts[form], -len(form)

        return max(usual, key=merit)

    def phrase(self, candidate: str, positions: Sequence[int]) -> str:
        """The word's citation, with its neighbour where two words always go together in these rows."""
        word = self.citation(candidate)
        if candidate.startswith("*"):
            return word
        forms = self.forms_of(candidate)
        before: Counter[str] = Counter()
        after: Counter[str] = Counter()
        occurrences = 0
        for position in positions:
            text = self._texts[position]
            for place, form in enumerate(text):
                if form in forms:
                    occurrences += 1
                    if place:
                        before[text[place - 1]] += 1
                    if place + 1 < len(text):
                        after[text[place + 1]] += 1
        for neighbours, pattern in ((after, "{0} {1}"), (before, "{1} {0}")):
            keys: Counter[str] = Counter()
            for form, count in neighbours.items():
                keys[self._key[form]] += count
            for key, count in keys.most_common(1):
                neighbour = f"={key}"
                if count >= _ALWAYS * occurrences and forms.isdisjoint(self.forms_of(neighbour)):
                    own = sum(self.form_counts[form] for form in self.forms_of(neighbour))
                    # A frequent word stands beside many others; it is a part of this one only if it needs it too.
                    if 2 * count >= own:
                        return pattern.format(word, self.citation(neighbour))
        return word


def _common_beginning(first: str, last: str) -> str:
    """What all strings between two sorted ones begin with."""
    size = 0
    while size < min(len(first), len(last)) and first[size] == last[size]:
        size += 1
    return first[:size]


class Background:
    """The rows of a language in which some witness has text too, so that the absence of a concept means something."""

    def __init__(self, index: LanguageIndex, witnessed: Iterable[int]) -> None:
        self.index = index
        self.rows = frozenset(position for position in witnessed if position in index)
        self.totals = index.count(sorted(self.rows))
        self.tokens = sum(index.tokens[position] for position in self.rows)
        self._witness_totals: dict[str, Counter[str]] = {}

    def witness_totals(self, witness: LanguageIndex) -> Counter[str]:
        """In how many of the rows each key of the witness language stands."""
        if witness.lang not in self._witness_totals:
            self._witness_totals[witness.lang] = witness.count_keys(self.rows)
        return self._witness_totals[witness.lang]
