"""The words of one language as discovery counts them: the keys and forms of every row, and which may be concepts."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from termcheck.terms.index import longest_part
from termcheck.terms.segmentation import Segmenter
from termcheck.terms.tokenizer import grammar_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from termcheck.terms.evidence import StoredRow, TermEvidence

_LEAST_LETTERS = 3
_LEAST_LETTERS_DENSE = 2


class Vocabulary:
    """Keys and forms by row; ``rows`` are all rows, of which some have no text in the language.

    Text that is written without spaces is cut into words first; there a form is its own key.
    """

    def __init__(self, lang: str, rows: Sequence[StoredRow], evidence: TermEvidence) -> None:
        forms = {position: row.cells[lang].forms for position, row in enumerate(rows) if lang in row.cells}
        if _is_dense(forms.values()):
            segmenter = Segmenter(form for there in forms.values() for form in there)
            forms = {p: tuple(word for run in there for word in segmenter.cut(run)) for p, there in forms.items()}
            self._key = {form: form for there in forms.values() for form in there}
        else:
            self._key = {form: evidence.key(lang, form) for there in forms.values() for form in there}
        self.lang = lang
        self.forms = forms
        self.keys = {position: sorted({self._key[form] for form in there}) for position, there in forms.items()}
        self._grammar = grammar_words(lang)
        self._citations = self._cite()

    @property
    def present(self) -> set[int]:
        """The rows in which the language has text."""
        return set(self.forms)

    def form(self, key: str) -> str:
        """The form to show for a key: the shortest of the usual ones."""
        return self._citations[key]

    def uses(self, key: str, position: int) -> set[str]:
        """The forms of a key in a row."""
        return {form for form in self.forms[position] if self._key[form] == key}

    def is_word(self, key: str) -> bool:
        """Whether a key may be a concept's word: letters, not too few, and no word of grammar."""
        letters = _LEAST_LETTERS if key < "\u1100" else _LEAST_LETTERS_DENSE
        return (
            len(key) >= letters
            and all(char.isalpha() or char in "-'’" for char in key)
            # In Japanese, hiragana alone is grammar or an ending.
            and not all("\u3040" <= char <= "\u309f" for char in key)
            and self._citations[key] not in self._grammar
        )

    def _cite(self) -> dict[str, str]:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for there in self.forms.values():
            for form in there:
                counts[self._key[form]][form] += 1
        return {key: _usual(forms) for key, forms in counts.items()}


def _usual(forms: Counter[str]) -> str:
    most = max(forms.values())
    return min((form for form in forms if 4 * forms[form] >= most), key=lambda form: (len(form), -forms[form], form))


def _is_dense(rows: Iterable[Sequence[str]]) -> bool:
    """Whether a language is mostly written without spaces, so that its runs of text are no words."""
    found: Counter[bool] = Counter()
    for there in rows:
        found.update(bool(longest_part(form)) for form in there)
    return 2 * found[True] > found.total()
