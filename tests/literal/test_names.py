from __future__ import annotations

from termcheck.literal.names import LEAST_ROWS, NameUse
from termcheck.model import Span


def learnt(source: str | None = "en", **texts: str) -> NameUse:
    use = NameUse()
    for _ in range(LEAST_ROWS):
        use.add(texts, texts, source)
    return use


def test_a_name_that_is_usually_kept() -> None:
    use = learnt(en="On GitHub.", de="Auf GitHub.", ko="GitHub 에서.", pl="Na GitHubie.")
    row = {"en": "See GitHub.", "de": "Siehe GitHub.", "ko": "깃허브 보기.", "pl": "Zobacz GitHuba."}
    use.add(row, row, "en")
    ((lang, (found,)),) = use.missing(row, row, "en").items()
    assert (lang, found.name, found.kept, found.rows) == ("ko", "GitHub", LEAST_ROWS, LEAST_ROWS)
    assert found.places == {"en": (Span(4, 10),)}


def test_a_name_that_is_never_kept() -> None:
    use = learnt(en="On GitHub.", de="Auf GitHub.", ko="깃허브.", pl="GitHub.")
    row = {"en": "On GitHub.", "de": "GitHub.", "ko": "깃허브.", "pl": "GitHub."}
    assert use.missing(row, row, "en") == {}


def test_plain_names_need_witnesses() -> None:
    texts = {"en": "the Slack way", "de": "der Slack", "fr": "le Slack", "pl": "ten Slack"}
    use = learnt(**texts)
    row = {**texts, "pl": "ten kanał"}
    use.add(row, row, "en")
    assert set(use.missing(row, row, "en")) == {"pl"}
    pair = learnt(en="the Slack way", pl="ten Slack")
    alone = {"en": "the Slack way", "pl": "ten kanał"}
    pair.add(alone, alone, "en")
    assert pair.missing(alone, alone, "en") == {}


def test_without_a_source_two_others_must_have_it() -> None:
    use = learnt(None, de="Auf GitHub.", ko="GitHub.", pl="GitHub.")
    row = {"de": "Siehe GitHub.", "ko": "깃허브.", "pl": "GitHub."}
    use.add(row, row, None)
    assert set(use.missing(row, row, None)) == {"ko"}
    two = {"de": "Siehe GitHub.", "ko": "깃허브."}
    assert use.missing(two, two, None) == {}


def test_a_name_in_code_is_there() -> None:
    use = learnt(en="On GitHub.", de="Auf GitHub.", ko="GitHub 에서.", pl="Na GitHubie.")
    row = {"en": "On GitHub.", "de": "Auf GitHub.", "ko": "       에서.", "pl": "Na GitHubie."}
    use.add(row, {**row, "ko": "GitHub 에서."}, "en")
    assert use.missing(row, {**row, "ko": "GitHub 에서."}, "en") == {}
    assert set(use.missing(row, row, "en")) == {"ko"}
