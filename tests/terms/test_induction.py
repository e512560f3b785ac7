from __future__ import annotations

from typing import TYPE_CHECKING

from term_rows import FRAMES, PLAIN, evidence, filled, plain, same
from termcheck.terms.index import LanguageIndex, beginnings
from termcheck.terms.renderings import Renderings
from termcheck.terms.witnesses import Witnesses

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

WORDS = {"client": {"en": ["client"]}, "customer": {"en": ["customer"]}}


def induced(
    rows: Sequence[Mapping[str, str]],
    concept: str,
    lang: str,
    groups: Sequence[Sequence[str]] = (),
    words: Mapping[str, Mapping[str, Sequence[str]]] = WORDS,
    key: Callable[[str], str] = same,
) -> dict[str, int]:
    """The words found for a concept, with their rows."""
    seen = evidence(rows, words, key)
    renderings = Renderings(seen, Witnesses(words, groups, {"guide": "en"}))
    return {label.word: label.induced.rows for label in renderings.labels(concept, lang) if label.induced is not None}


def test_the_inflected_word_is_found_without_any_rules() -> None:
    rows = filled({"en": "client", "pl": "klient", "tr": "müşteri", "de": "Mandant"}) + plain("en", "pl", "tr", "de")
    assert induced(rows, "client", "pl") == {"klient": 10}
    assert induced(rows, "client", "tr") == {"müşteri": 10}
    assert induced(rows, "client", "de") == {"mandant": 10}


def test_two_renderings_of_one_concept_are_both_found() -> None:
    rows = (
        filled({"en": "client", "pl": "klient"}, 7)
        + filled({"en": "client", "pl": "odbiorc"}, 5, start=7)
        + plain("en", "pl") * 4
    )
    found = induced(rows, "client", "pl")
    assert list(found.values()) == [7, 5]
    first, second = found
    assert first == "klient"
    assert second.startswith("odbiorc")


def test_grouping_keys_join_forms_without_a_common_beginning() -> None:
    forms = ("pies", "psa", "pies", "psem", "psu")
    words = {"dog": {"en": ["dog"]}}
    rows = [{"en": f"dog {n}", "pl": f"{forms[n % 5]} {n}"} for n in range(10)] + plain("en", "pl")
    key = dict.fromkeys(forms, "pies")
    assert induced(rows, "dog", "pl", words=words, key=lambda word: key.get(word, word)) == {"pies": 10}


def test_a_word_that_is_everywhere_renders_nothing() -> None:
    rows = [{"en": f"the client {n}", "de": "und so weiter"} for n in range(10)]
    rows += [{"en": row["en"], "de": "und so weiter"} for row in PLAIN]
    assert induced(rows, "client", "de") == {}


def test_function_words_of_longer_rows_render_nothing() -> None:
    """Rows with the concept are five times as long, so each holds every function word; it has no rendering."""
    light = ("w", "z", "na", "do")
    rows = [
        {"en": "the client " * 5, "pl": " ".join(f"{light[i % 4]} {n}x{i}słowo" for i in range(20))} for n in range(12)
    ]
    rows += [{"en": "rain", "pl": " ".join(f"{light[(n + i) % 4]} {n}y{i}słowo" for i in range(2))} for n in range(40)]
    assert induced(rows, "client", "pl") == {}


def test_two_rows_are_not_enough() -> None:
    rows = filled({"en": "client", "pl": "klient"}, 2) + plain("en", "pl") * 3
    assert induced(rows, "client", "pl") == {}
    rows = filled({"en": "client", "pl": "klient"}, 4) + plain("en", "pl") * 3
    assert induced(rows, "client", "pl") == {"klient": 4}


def test_the_companion_of_a_concept_is_explained_away() -> None:
    """German leaves the client out; "Vertrag" is there for "contract", which often stands beside it."""
    rows = [{"en": f"the client signs the contract {n}", "de": f"Vertrag unterschreiben {n}"} for n in range(6)]
    rows += [{"en": f"the client laughs {n}", "de": f"es wird gelacht {n}x"} for n in range(4)]
    rows += [{"en": f"a contract is a contract {n}", "de": f"Vertrag ist Vertrag {n}y"} for n in range(2)]
    rows += plain("en", "de") * 2
    assert "vertrag" not in induced(rows, "client", "de")


def test_a_name_beside_the_concept_explains_nothing() -> None:
    """Every client that German calls so is Acme's; but "Acme" is there as it is, so the word is not its translation."""
    rows = filled({"en": "Acme client", "de": "Acme-Kunde"}) + filled({"en": "client", "de": "Mandant"}, 8)
    rows += [{"en": f"Acme pays {n}", "de": f"Acme zahlt als Kunde {n}y"} for n in range(2)]
    rows += plain("en", "de") * 3
    assert "acme kunde" in induced(rows, "client", "de")


def test_a_word_with_two_meanings_is_not_explained_away() -> None:
    """One word renders "client" and "visitor", each on its own: it stays a rendering of client."""
    rows = filled({"en": "client", "pl": "gość"}) + filled({"en": "visitor", "pl": "gość"}, 8)
    rows += plain("en", "pl") * 3
    assert list(induced(rows, "client", "pl")) == ["gość"]


def test_concepts_that_share_most_rows_are_kept_apart() -> None:
    together = [{"en": f"the client and the customer {n}", "de": f"der Mandant und der Kunde {n}"} for n in range(20)]
    rows = (
        together
        + filled({"en": "client", "de": "Mandant"}, 5)
        + filled({"en": "customer", "de": "Kunde"}, 5)
        + plain("en", "de")
    )
    group = [("client", "customer")]
    assert list(induced(rows, "client", "de", group)) == ["mandant"]
    assert list(induced(rows, "customer", "de", group)) == ["kunde"]


def test_words_used_only_beside_a_rival_are_found_there() -> None:
    together = [{"en": f"client customer {n}", "de": f"Partei {n} Kunde"} for n in range(8)]
    rows = together + filled({"en": "client", "de": "Mandant"}, 5) + filled({"en": "customer", "de": "Kunde"}, 8)
    rows += plain("en", "de") * 2
    found = induced(rows, "client", "de", [("client", "customer")])
    assert "mandant" in found
    assert "partei" in found
    assert "kunde" not in found


def test_extra_words_are_found_beside_the_glossary() -> None:
    words = {"client": {"en": ["client"], "de": ["Mandant"]}}
    rows = (
        filled({"en": "client", "de": "Mandant"}, 6) + filled({"en": "client", "de": "Klient"}, 4) + plain("en", "de")
    )
    assert induced(rows, "client", "de", words=words) == {"klient": 4}


def test_scripts_without_spaces_give_the_part_that_stays() -> None:
    texts = ("今天客户来了", "每位客户都签字", "给客户打电话", "客户的信", "我们等客户", "客户最清楚")
    rows = [{"en": f"client {n}", "zh": text} for n, text in enumerate(texts)]
    weather = ("下雨了", "天气好", "门开着", "火车晚点", "汤很冷", "下雪了", "向左转", "关窗户")
    rows += [{"en": row["en"], "zh": text} for row, text in zip(PLAIN, weather, strict=False)]
    assert induced(rows, "client", "zh") == {"客户": 6}


def test_korean_words_are_shown_without_particles() -> None:
    forms = ("고객이", "고객을", "고객은", "고객의", "고객과")
    rows = [{"en": f"client {n}", "ko": f"{form} 하나{n}"} for n, form in enumerate(forms)]
    rows += [{"en": row["en"], "ko": f"비가 온다{n}"} for n, row in enumerate(PLAIN)]
    assert induced(rows, "client", "ko") == {"고객": 5}


def test_constant_neighbours_are_shown_together() -> None:
    words = {"feedback": {"en": ["feedback"]}}
    rows = [
        {"en": f"feedback {n}", "tr": f"{before} geri bildirim{end}"}
        for n, (before, end) in enumerate(zip("abcdef", ("", "i", "e", "ler", "den", "in"), strict=True))
    ]
    rows += plain("en", "tr")
    assert list(induced(rows, "feedback", "tr", words=words, key=lambda word: word[:6])) == ["geri bildirim"]
    words = {"client": {"en": ["client"]}}
    rows = [{"en": f"client {n}", "de": f"Akte Mandant {n}"} for n in range(6)]
    rows += [{"en": row["en"], "de": f"Akte {row['de']}"} for row in PLAIN]
    assert list(induced(rows, "client", "de", words=words)) == ["mandant"], "the file is with everything"


def test_without_a_witness_there_is_nothing_to_learn() -> None:
    rows = filled({"en": "client", "pl": "klient"}) + plain("en", "pl")
    assert induced(rows, "client", "pl", words={"client": {"de": ["Mandant"]}}) == {}
    assert induced(rows, "supplier", "pl") == {}


def test_beginnings_of_words() -> None:
    assert beginnings("klient") == ("klie*", "klien*", "klient*")
    assert beginnings("do") == ("do*",)
    assert beginnings("dalı") == ("dal*", "dalı*")
    assert beginnings("고객을") == ("고객*", "고객을*")
    assert set(beginnings("客户")) == {"*客*", "*户*", "*客户*"}
    assert "*ลูกค้า*" in beginnings("ลูกค้า")
    assert len(beginnings("x" * 10_000_000)) < 40
    assert len(beginnings("客" * 10_000)) < 200


def test_the_form_to_show_is_the_usual_beginning() -> None:
    texts = [frame["pl"].format("klient") for frame in FRAMES] + ["klien popełnił błąd"]
    index = LanguageIndex("pl", (seen := evidence([{"pl": text} for text in texts], {})).rows(), seen)
    assert index.citation("klie*") in {"klient", "klien"}
    assert index.forms_of("klient*") == {"klient", "klienta", "klientem"}
    assert index.citation("klient*") == "klient"
