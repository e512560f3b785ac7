"""The evidence on one version in plain sentences, for a reader who knows neither vectors nor thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termcheck.languages import display_name
from termcheck.meaning.negation import negations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from termcheck.meaning.sentences import AbsentSentence
    from termcheck.model import Span

_LONGEST_QUOTE = 90
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True, slots=True)
class Account:
    """What was seen about ``lang``.

    ``witnesses`` are the versions it was measured against, ``silent`` those that were left aside because they differ
    from the source as well. ``missing`` marks what the version lacks in the witnesses' texts, ``extra`` what they lack
    in its own; ``left_out`` and ``added`` are the whole sentences among that.
    """

    lang: str
    texts: Mapping[str, str]
    witnesses: tuple[str, ...]
    silent: tuple[str, ...]
    source: str | None
    missing: Mapping[str, tuple[Span, ...]]
    extra: tuple[Span, ...]
    left_out: tuple[AbsentSentence, ...] = ()
    added: tuple[AbsentSentence, ...] = ()


def explain(account: Account) -> tuple[str, ...]:
    """One to four sentences."""
    lang = display_name(account.lang)
    witnesses = sorted(account.witnesses)
    sentences = []
    if len(witnesses) > 1:
        origin = f" ({display_name(account.source)} is the source)" if account.source else ""
        sentences.append(f"{_listed(witnesses)} agree with each other{origin}; {lang} differs from them.")
    else:
        role = ", the source" if account.source else ""
        sentences.append(f"{lang} was compared with {display_name(witnesses[0])}{role}; the two do not say the same.")
    sentences += _lacking(account)
    if account.added:
        subject = _numbered(lang, [item.index for item in account.added])
        quote = _quote(account.texts[account.lang], account.extra)
        sentences.append(f"{subject} (“{quote}”) has no counterpart in {_listed(witnesses, 'or')}.")
    elif account.extra:
        quote = _quote(account.texts[account.lang], account.extra)
        sentences.append(f"“{quote}” in {lang} has no counterpart in {_listed(witnesses, 'or')}.")
    sentences += _denial(account)
    if account.silent:
        sentences.append(f"{_listed(sorted(account.silent))} may differ from the source in the same way.")
    return tuple(sentences)


def _denial(account: Account) -> list[str]:
    """That the version denies something and no witness does, or the other way round."""
    lang, witnesses = display_name(account.lang), sorted(account.witnesses)
    own = negations(account.texts[account.lang], account.lang)
    theirs = [negations(account.texts[other], other) for other in witnesses]
    if own is None or None in theirs:
        return []
    if own and not any(theirs):
        return [f"{lang} has a negation; {_listed(witnesses)} {'has' if len(witnesses) == 1 else 'have'} none."]
    if not own and all(theirs):
        return [f"{lang} has no negation; {_listed(witnesses)} {'has' if len(witnesses) == 1 else 'have'} one."]
    return []


def _lacking(account: Account) -> list[str]:
    """What the version lacks: whole sentences where the witnesses tell so, words otherwise."""
    lang = display_name(account.lang)
    whole = {
        item.lang: [each.index for each in account.left_out if each.lang == item.lang] for item in account.left_out
    }
    known = whole or account.missing
    shown = [other for other in sorted(known, key=lambda x: (x != account.source, x)) if account.missing.get(other)]
    if not shown:
        return []
    first, others = shown[0], sorted(shown[1:])
    quote = _quote(account.texts[first], account.missing[first])
    rest = f" (likewise in {_listed(others)})" if others else ""
    if whole:
        return [f"{_numbered(display_name(first), whole[first])} (“{quote}”) has no counterpart in {lang}{rest}."]
    return [f"{lang} has nothing for “{quote}” in {display_name(first)}{rest}."]


def _numbered(lang: str, indices: Sequence[int]) -> str:
    """Which sentences of a paragraph: "The second sentence of the Polish paragraph"."""
    if len(indices) == 1:
        index = indices[0]
        name = f"The {_ORDINALS[index]} sentence" if index < len(_ORDINALS) else f"Sentence {index + 1}"
        return f"{name} of the {lang} paragraph"
    ranges: list[list[int]] = []
    for index in indices:
        if ranges and ranges[-1][-1] == index - 1:
            ranges[-1][1:] = [index]
        else:
            ranges.append([index])
    numbers = ", ".join(" to ".join(str(index + 1) for index in part) for part in ranges)
    return f"Each of the sentences {numbers} of the {lang} paragraph"


def _quote(text: str, marks: Sequence[Span]) -> str:
    shown = " … ".join(" ".join(text[span.start : span.end].split()) for span in marks)
    return shown if len(shown) <= _LONGEST_QUOTE else shown[: _LONGEST_QUOTE - 1].rstrip() + "…"


def _listed(langs: Sequence[str], word: str = "and") -> str:
    names = [display_name(lang) for lang in langs]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"
