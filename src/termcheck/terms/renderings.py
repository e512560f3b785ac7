"""The words that render a concept in a language: those of the glossary, and those learned from the rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termcheck.model import Span
from termcheck.terms.companions import find_companion
from termcheck.terms.index import Background, LanguageIndex
from termcheck.terms.induction import Induced, Universe, induce
from termcheck.terms.inflection.orthography import fold
from termcheck.terms.segmentation import Segmenter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from termcheck.terms.evidence import Hit, StoredCell, StoredRow, TermEvidence
    from termcheck.terms.witnesses import Testimony, Witnesses

# Two induced words of this common mass are one word, found twice.
_SAME_MASS = 0.8
# Below this likeness of the forms in use, words with one beginning are two words (contributor, contribution).
_SAME_USE = 0.15

LEAST_ROWS = 3
"""Fewer rows than this on either side are no evidence."""


@dataclass(frozen=True, slots=True)
class Label:
    """A word of a language as the verdicts count it.

    ``forms`` are its folded word forms. ``term`` is the glossary's word, folded, or empty for an induced one, whose
    statistics are in ``induced``.
    """

    word: str
    forms: frozenset[str]
    term: str = ""
    induced: Induced | None = None

    @property
    def root(self) -> str:
        """What all forms of an induced word begin with, as far as it is known; the glossary's word otherwise."""
        return self.term or (self.induced.candidate.strip("=*") if self.induced is not None else self.word)

    @property
    def is_part(self) -> bool:
        """Whether the word is a part of its forms, as in scripts written without spaces."""
        return self.induced is not None and self.induced.candidate.startswith("*")


class Renderings:
    """Answers, for one corpus, which rows show a concept and which words render it where."""

    def __init__(self, evidence: TermEvidence, witnesses: Witnesses) -> None:
        self.rows: Sequence[StoredRow] = evidence.rows()
        self.witnesses = witnesses
        self.testimonies: Sequence[Testimony] = witnesses.hear(self.rows)
        self.languages: Sequence[str] = evidence.languages()
        self.indexes = {lang: LanguageIndex(lang, self.rows, evidence) for lang in self.languages}
        self._shown: dict[str, list[int]] = {}
        self._disputed: dict[str, set[int]] = {}
        for position, testimony in enumerate(self.testimonies):
            for concept in testimony.shown:
                self._shown.setdefault(concept, []).append(position)
            for concept in testimony.disputed:
                self._disputed.setdefault(concept, set()).add(position)
        self._hit_rows: dict[tuple[str, str], list[int]] = {}
        self._concepts_of_term: dict[tuple[str, str], set[str]] = {}
        self._using: dict[tuple[str, Label], frozenset[int]] = {}
        for position, row in enumerate(self.rows):
            for lang, cell in row.cells.items():
                for concept, hits in cell.hits:
                    self._hit_rows.setdefault((concept, lang), []).append(position)
                    for hit in hits:
                        self._concepts_of_term.setdefault((fold(hit.term, lang), lang), set()).add(concept)
        self._backgrounds: dict[tuple[str, tuple[str, ...]], Background] = {}
        self._labels: dict[tuple[str, str], tuple[Label, ...]] = {}
        self._learned_alone: dict[tuple[str, str], tuple[Induced, ...]] = {}
        self._universes: dict[tuple[str, str], Universe] = {}
        self._own_keys: dict[tuple[str, frozenset[str]], frozenset[str]] = {}
        self._companions: dict[str, str] = {}
        self._segmenters: dict[str, Segmenter] = {}

    def shown(self, concept: str, lang: str) -> list[int]:
        """The rows that show the concept and have text in the language."""
        index = self.indexes[lang]
        return [position for position in self._shown.get(concept, ()) if position in index]

    def disputed(self, concept: str) -> set[int]:
        """The rows on which equally trusted witnesses disagree."""
        return self._disputed.get(concept, set())

    def both(self, first: str, second: str, lang: str) -> list[int]:
        """The rows that show two concepts and have text in the language."""
        seconds = set(self._shown.get(second, ()))
        return [position for position in self.shown(first, lang) if position in seconds]

    def universe(self, concept: str, lang: str) -> Universe:
        """The rows that show the concept without a rival, and those that show neither."""
        place = (concept, lang)
        if place not in self._universes:
            rivals = self.witnesses.rivals(concept)
            apart = set(self.disputed(concept))
            for rival in rivals:
                apart.update(self._shown.get(rival, ()), self.disputed(rival))
            alone = [position for position in self.shown(concept, lang) if position not in apart]
            self._universes[place] = Universe(self._background(concept, lang), alone, apart)
        return self._universes[place]

    def labels(self, concept: str, lang: str) -> tuple[Label, ...]:
        """The words that render the concept: the glossary's in its order, then the induced ones, best first."""
        place = (concept, lang)
        if place not in self._labels:
            given = self._given(concept, lang)
            counts = self.indexes[lang].form_counts
            learned: list[Induced] = []
            for item in (*self._learned(concept, lang), *self._learned_beside_rivals(concept, lang)):
                # One word may be found twice, by its key and by its beginning.
                if all(_common_mass(item.forms, other.forms, counts) < _SAME_MASS for other in learned):
                    learned.append(item)
            self._labels[place] = (*given, *(Label(item.word, item.forms, "", item) for item in learned))
        return self._labels[place]

    def spans(self, position: int, label: Label, lang: str) -> tuple[Span, ...]:
        """Where the word stands in a row, in order; without the places where it only begins another word."""
        cell = self.rows[position].cells[lang]
        if label.is_part:
            segmenter = self._segmenter(lang)
            return tuple(
                Span(start + first, start + last)
                for form, start in zip(cell.forms, cell.offsets[::2], strict=False)
                if form in label.forms
                for first, last in segmenter.places(label.root, form)
            )
        if label.term:
            return tuple(sorted({span for hit, span in _hits(cell) if fold(hit.term, lang) == label.term}))
        return cell.spans(label.forms)

    def using(self, label: Label, lang: str) -> frozenset[int]:
        """The rows in which the word stands beyond doubt."""
        place = (lang, label)
        if place not in self._using:
            if label.term:
                self._using[place] = frozenset(self._hit_rows_of_term(label.term, lang))
            else:
                self._using[place] = frozenset(self.indexes[lang].using(label.forms))
        return self._using[place]

    def _segmenter(self, lang: str) -> Segmenter:
        if lang not in self._segmenters:
            index = self.indexes[lang]
            self._segmenters[lang] = Segmenter(form for form, count in index.form_counts.items() for _ in range(count))
        return self._segmenters[lang]

    def holding(self, label: Label, lang: str) -> set[int]:
        """The rows in which the word stands, by itself or at the beginning of a compound."""
        index = self.indexes[lang]
        root = label.root
        longer = [form for form in index.form_counts if form.startswith(root)] if len(root) >= _least_root(root) else []
        return {*self.using(label, lang), *index.using(longer)}

    def _hit_rows_of_term(self, term: str, lang: str) -> Iterable[int]:
        for concept in sorted(self._concepts_of_term.get((term, lang), ())):
            for position in self._hit_rows.get((concept, lang), ()):
                hits = _hits(self.rows[position].cells[lang], concept)
                if any(fold(hit.term, lang) == term and hit.certain and not hit.compound for hit, _ in hits):
                    yield position

    def testified(self, position: int, concept: str, *, without: str) -> int:
        """How often a row holds the concept, by the witness that has it most often."""
        row = self.rows[position]
        return max(
            (
                sum(1 for _ in _hits(row.cells[lang], concept))
                for lang in self.testimonies[position].shown[concept].agree
                if lang != without
            ),
            default=0,
        )

    def companion(self, concept: str) -> str:
        """The word that nearly every occurrence of a concept stands beside, as "code" in "code of conduct".

        Looked for in the language that shows the concept most often, up to two words away; empty where there is none.
        """
        if concept not in self._companions:
            self._companions[concept] = self._find_companion(concept)
        return self._companions[concept]

    def _find_companion(self, concept: str) -> str:
        testified: Counter[str] = Counter()
        for position in self._shown.get(concept, ()):
            testified.update(self.testimonies[position].shown[concept].agree)
        if not testified:
            return ""
        lang = min(testified, key=lambda each: (-testified[each], each))
        cells = [self.rows[position].cells[lang] for position in self._hit_rows.get((concept, lang), ())]
        return find_companion(concept, cells, self.indexes[lang])

    def may_use(self, position: int, concept: str, lang: str) -> bool:
        """Whether the cell holds one of the glossary's words for the concept, doubtful hits included."""
        cell = self.rows[position].cells.get(lang)
        if cell is None:
            return False
        reading = self.witnesses.read(cell, lang)
        return concept in reading.clear or concept in reading.maybe

    def _learned(self, concept: str, lang: str) -> tuple[Induced, ...]:
        """The words learned from the rows that show the concept without a rival."""
        place = (concept, lang)
        if place not in self._learned_alone:
            family = frozenset({concept, *self.witnesses.rivals(concept)})
            self._learned_alone[place] = induce(
                concept,
                self.universe(concept, lang),
                covered=self._covered(concept, lang),
                explain=self._explanation(concept, lang, family),
            )
        return self._learned_alone[place]

    def _learned_beside_rivals(self, concept: str, lang: str) -> tuple[Induced, ...]:
        """The words learned from all rows that show the concept: some may stand only where a rival is shown too."""
        rivals = sorted(self.witnesses.rivals(concept))
        alone = self.universe(concept, lang)
        only = {position for rival in rivals for position in self.universe(rival, lang).alone}
        if len(only) < LEAST_ROWS:
            return ()
        covered = self._covered(concept, lang)
        for item in self._learned(concept, lang):
            covered |= self.indexes[lang].using(item.forms)
        return induce(
            concept,
            Universe(alone.background, self.shown(concept, lang), alone.apart),
            covered=covered,
            explain=self._explanation(concept, lang, frozenset({concept, *rivals})),
            rivals=sorted(only),
            taken=frozenset(form for rival in rivals for item in self._learned(rival, lang) for form in item.forms),
        )

    def _covered(self, concept: str, lang: str) -> set[int]:
        """The rows that hold a word of the glossary for the concept, or may do so."""
        return {
            position for position in self._hit_rows.get((concept, lang), ()) if self.may_use(position, concept, lang)
        }

    def _given(self, concept: str, lang: str) -> list[Label]:
        forms: dict[str, set[str]] = {term: set() for term in sorted(self.witnesses.terms(concept, lang))}
        words: dict[str, str] = {}
        for position in self._hit_rows.get((concept, lang), ()):
            for hit, _ in _hits(self.rows[position].cells[lang], concept):
                term = fold(hit.term, lang)
                if term in forms:
                    forms[term].add(fold(hit.surface, lang))
                    words[term] = min(words.get(term, hit.term), hit.term)
        return [Label(words.get(term, term), frozenset(found), term) for term, found in forms.items()]

    def _background(self, concept: str, lang: str) -> Background:
        witnesses = tuple(self.witnesses.witness_languages(concept))
        place = (lang, witnesses)
        if place not in self._backgrounds:
            witnessed = {
                position
                for witness in witnesses
                if witness in self.indexes
                for position in self.indexes[witness].present
            }
            self._backgrounds[place] = Background(self.indexes[lang], witnessed)
        return self._backgrounds[place]

    def _explanation(
        self, concept: str, lang: str, concepts: frozenset[str]
    ) -> tuple[LanguageIndex, frozenset[str]] | None:
        """The other language that shows the concept most often, and the keys of the words in its hits of concepts."""
        testified: Counter[str] = Counter()
        for position in self._shown.get(concept, ()):
            testified.update(self.testimonies[position].shown[concept].agree)
        del testified[lang]
        if not testified:
            return None
        witness = min(testified, key=lambda other: (-testified[other], other))
        place = (witness, concepts)
        index = self.indexes[witness]
        if place not in self._own_keys:
            keys: set[str | None] = set()
            for name in sorted(concepts):
                for position in self._hit_rows.get((name, witness), ()):
                    cell = self.rows[position].cells[witness]
                    for hit, _ in _hits(cell, name):
                        keys.update(index.key_of(form) for form in cell.forms_within(hit.start, hit.end))
            self._own_keys[place] = frozenset(key for key in keys if key is not None)
        return index, self._own_keys[place]


def _least_root(root: str) -> int:
    """So many letters of a word tell it at the beginning of another one."""
    return 2 if root >= "\u1100" else 4


def _hits(cell: StoredCell, concept: str | None = None) -> Iterable[tuple[Hit, Span]]:
    for name, hits in cell.hits:
        if concept is None or name == concept:
            for hit in hits:
                yield hit, Span(hit.start, hit.end)


def unify(
    first: Sequence[Label],
    second: Sequence[Label],
    index: LanguageIndex,
    first_rows: Iterable[int],
    second_rows: Iterable[int],
    *,
    compounds: bool = False,
) -> tuple[list[Label], list[Label]]:
    """Give both concepts the same label for the same word.

    Two induced words whose forms are mostly the same are one word if the rows of the two concepts use the same forms
    of it; if they use different ones, each concept keeps its own forms, unless its ``compounds`` with another word are
    the word, too.
    """
    firsts, seconds = list(first), list(second)
    rows = (list(first_rows), list(second_rows))
    for i, one in enumerate(firsts):
        for j, other in enumerate(seconds):
            if one == other or (one.term and other.term):
                continue
            mass = _common_mass(one.forms, other.forms, index.form_counts)
            if mass < (0.5 if one.term or other.term else _SAME_MASS):
                continue
            if one.term or other.term:
                firsts[i] = seconds[j] = one if one.term else other
            elif (compounds and one.root == other.root) or _is_one_word(one, other, index, *rows):
                firsts[i] = seconds[j] = _joined(one, other)
            else:
                firsts[i], seconds[j] = _parted(one, other, index, *rows)
            one = firsts[i]
    return _distinct(firsts), _distinct(seconds)


def _is_one_word(
    one: Label, other: Label, index: LanguageIndex, first_rows: Sequence[int], second_rows: Sequence[int]
) -> bool:
    if one.is_part and other.is_part:
        return _is_one_part(one, other, index, first_rows, second_rows)
    return likeness(one.forms | other.forms, index, first_rows, second_rows) >= _SAME_USE


def _is_one_part(
    one: Label, other: Label, index: LanguageIndex, first_rows: Sequence[int], second_rows: Sequence[int]
) -> bool:
    """Whether two parts of running text are one word: the same, or a shorter one that seldom stands without the other.

    A longer part of its own, such as "committer" beside "commit", is missing where only the shorter one is meant.
    """
    if one.word == other.word:
        return True
    shorter, longer, rows = (one, other, first_rows) if len(one.word) < len(other.word) else (other, one, second_rows)
    if shorter.word not in longer.word:
        return False
    users = index.using(shorter.forms).intersection(rows)
    return 2 * len(users & index.using(longer.forms)) >= len(users)


def likeness(
    forms: frozenset[str], index: LanguageIndex, first_rows: Sequence[int], second_rows: Sequence[int]
) -> float:
    """How alike, in [0, 1], the two sets of rows are in the forms of a word that they use; 1 if one uses none."""
    first, second = _use(forms, index, first_rows), _use(forms, index, second_rows)
    if not first or not second:
        return 1.0
    return sum(min(first[form] / first.total(), second[form] / second.total()) for form in first)


def _use(forms: frozenset[str], index: LanguageIndex, rows: Sequence[int]) -> Counter[str]:
    return Counter(form for position in rows for form in index.forms(position) & forms)


def _common_mass(one: frozenset[str], other: frozenset[str], counts: Mapping[str, int]) -> float:
    def mass(forms: frozenset[str]) -> int:
        return sum(counts.get(form, 0) for form in forms)

    least = min(mass(one), mass(other))
    return mass(one & other) / least if least else 0.0


def _joined(one: Label, other: Label) -> Label:
    larger = max(one, other, key=lambda label: (len(label.forms), label.word))
    return Label(larger.word, one.forms | other.forms, "", larger.induced)


def _parted(
    one: Label, other: Label, index: LanguageIndex, first_rows: Sequence[int], second_rows: Sequence[int]
) -> tuple[Label, Label]:
    common = one.forms | other.forms
    first, second = _use(common, index, first_rows), _use(common, index, second_rows)
    ours = frozenset(form for form in one.forms if first[form] >= second[form])
    theirs = frozenset(form for form in other.forms if second[form] > first[form])

    def part(label: Label, forms: frozenset[str], use: Counter[str]) -> Label:
        word = max(sorted(forms), key=lambda form: use[form], default=label.word)
        return Label(word, forms, "", label.induced)

    return part(one, ours, first), part(other, theirs, second)


def _distinct(labels: Iterable[Label]) -> list[Label]:
    return list(dict.fromkeys(labels))
