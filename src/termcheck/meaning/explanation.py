"""The evidence on one version in plain sentences, for a reader who knows neither vectors nor thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termcheck.languages import display_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from termcheck.model import Span

_LONGEST_QUOTE = 90


@dataclass(frozen=True, slots=True)
class Account:
    """What was seen about ``lang``.

    ``witnesses`` are the versions it was measured against, ``silent`` those that were left aside because they differ
    from the source as well. ``missing`` marks what the version lacks in the witnesses' texts, ``extra`` what they lack
    in its own.
    """

    lang: str
    texts: Mapping[str, str]
    witnesses: tuple[str, ...]
    silent: tuple[str, ...]
    source: str | None
    missing: Mapping[str, tuple[Span, ...]]
    extra: tuple[Span, ...]


def explain(account: Account) -> tuple[str, ...]:
    """One to three sentences."""
    lang = display_name(account.lang)
    witnesses = sorted(account.witnesses)
    sentences = []
    if len(witnesses) > 1:
        origin = f" ({display_name(account.source)} is the source)" if account.source else ""
        sentences.append(f"{_listed(witnesses)} agree with each other{origin}; {lang} differs from them.")
    else:
        role = ", the source" if account.source else ""
        sentences.append(f"{lang} was compared with {display_name(witnesses[0])}{role}; the two do not say the same.")
    shown = [other for other in sorted(witnesses, key=lambda x: (x != account.source, x)) if account.missing.get(other)]
    if shown:
        quote = _quote(account.texts[shown[0]], account.missing[shown[0]])
        rest = f" (likewise in {_listed(sorted(shown[1:]))})" if shown[1:] else ""
        sentences.append(f"{lang} has nothing for “{quote}” in {display_name(shown[0])}{rest}.")
    if account.extra:
        quote = _quote(account.texts[account.lang], account.extra)
        sentences.append(f"“{quote}” in {lang} has no counterpart in {_listed(witnesses, 'or')}.")
    if account.silent:
        sentences.append(f"{_listed(sorted(account.silent))} may differ from the source in the same way.")
    return tuple(sentences)


def _quote(text: str, marks: Sequence[Span]) -> str:
    shown = " … ".join(" ".join(text[span.start : span.end].split()) for span in marks)
    return shown if len(shown) <= _LONGEST_QUOTE else shown[: _LONGEST_QUOTE - 1].rstrip() + "…"


def _listed(langs: Sequence[str], word: str = "and") -> str:
    names = [display_name(lang) for lang in langs]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"
