from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sample_result import location
from small_corpus import check_paths, paragraphs, write, write_corpus
from termcheck.config import Exemption
from termcheck.corpus.directives import IgnoreSelector, InlineIgnore
from termcheck.errors import ConfigError
from termcheck.ignores import Sorted, apply_ignores
from termcheck.model import Finding, Location, Position, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from termcheck.model import RunResult


def finding(path: str = "a.md", lang: str | None = "pl", line: int = 5, concepts: Sequence[str] = ()) -> Finding:
    place = location(path, lang, line)
    return Finding("TC401", "terms-collapsed", Severity.ERROR, 1.0, "m", place, concepts=tuple(concepts))


def inline(first: int, last: int, *selectors: IgnoreSelector, path: str = "a.md") -> InlineIgnore:
    place = Location(path, "pl", Position(first, 1), Position(last, 50))
    return InlineIgnore(place, place, selectors, "quoted")


def reasons(found: Sorted) -> list[str]:
    return [item.reason for item in found.suppressed]


class TestComments:
    @pytest.mark.parametrize(
        ("ignore", "covered"),
        [
            (inline(4, 6), True),
            (inline(5, 5), True),
            (inline(1, 4), False),
            (inline(6, 9), False),
            (inline(4, 6, path="b.md"), False),
            (inline(4, 6, IgnoreSelector("TC4")), True),
            (inline(4, 6, IgnoreSelector("terms-collapsed")), True),
            (inline(4, 6, IgnoreSelector("TC2")), False),
            (inline(4, 6, IgnoreSelector("TC2"), IgnoreSelector("ALL")), True),
            (inline(4, 6, IgnoreSelector("TC401", "client")), True),
            (inline(4, 6, IgnoreSelector("TC401", "invoice")), False),
        ],
    )
    def test_cover_findings_at_their_place(self, ignore: InlineIgnore, covered: bool) -> None:
        found = apply_ignores([finding(concepts=["client", "customer"])], [ignore])
        assert reasons(found) == (["ignored in the file: quoted"] if covered else [])
        assert [item.location for item in found.unused] == ([] if covered else [ignore.location])

    def test_cover_an_empty_place_at_their_edge(self) -> None:
        place = Location("a.md", "pl", Position(6, 50), Position(6, 50))
        missing = Finding("TC101", "paragraph-missing", Severity.ERROR, 1.0, "m", place)
        assert apply_ignores([missing], [inline(4, 6)]).kept == ()
        assert apply_ignores([missing], [inline(4, 5)]).kept == (missing,)


class TestExemptions:
    @pytest.mark.parametrize(
        ("exemption", "covered"),
        [
            (Exemption(("TC4",), "law"), True),
            (Exemption(("TC2", "TC401"), "law"), True),
            (Exemption(("TC2",), "law"), False),
            (Exemption(("ALL",), "law", concepts=("client",)), True),
            (Exemption(("ALL",), "law", concepts=("invoice",)), False),
            (Exemption(("ALL",), "law", paths=("legal/**",)), True),
            (Exemption(("ALL",), "law", paths=("blog/**", "*.txt")), False),
            (Exemption(("ALL",), "law", languages=("pt",)), True),
            (Exemption(("ALL",), "law", languages=("pl",)), False),
        ],
    )
    def test_cover_what_they_name(self, exemption: Exemption, covered: bool) -> None:
        given = finding("legal/a.md", "pt-BR", concepts=["client"])
        found = apply_ignores([given], [], [exemption], "termcheck.yaml")
        assert reasons(found) == (["exempt: law"] if covered else [])
        assert [item.location.path for item in found.unused] == ([] if covered else ["termcheck.yaml"])

    def test_of_languages_do_not_cover_the_glossary(self) -> None:
        given = finding("glossary.yaml", None)
        assert apply_ignores([given], [], [Exemption(("ALL",), "x", languages=("pl",))]).kept == (given,)


def test_what_both_ask_for_counts_for_both() -> None:
    found = apply_ignores([finding()], [inline(4, 6)], [Exemption(("ALL",), "law")])
    assert reasons(found) == ["ignored in the file: quoted"]
    assert found.unused == ()


class TestInARun:
    """The Polish version lacks the third paragraph; what is asked for stands in its file or in the configuration."""

    def run(self, root: Path, comment: str = "", config: str = "", *paths: str) -> RunResult:
        write_corpus(root)
        texts = paragraphs("pl")
        texts[2:3] = [comment] if comment else []
        write(root, {"pl/story.md": texts, "termcheck.yaml": config})
        return check_paths(*(root / path for path in paths or ("",)))

    def test_nothing_is_asked_for(self, tmp_path: Path) -> None:
        assert [item.code for item in self.run(tmp_path).findings] == ["TC101"]

    def test_a_missing_paragraph_is_ignored_where_it_would_stand(self, tmp_path: Path) -> None:
        result = self.run(tmp_path, "<!-- termcheck-ignore TC101: only for sailors abroad -->")
        assert result.findings == ()
        assert [item.reason for item in result.suppressed] == ["ignored in the file: only for sailors abroad"]

    def test_a_comment_on_another_rule_is_unused(self, tmp_path: Path) -> None:
        result = self.run(tmp_path, "<!-- termcheck-ignore TC303: no numbers -->")
        assert [(item.code, item.location.start.line) for item in result.findings] == [("TC003", 5), ("TC101", 7)]

    def test_of_single_files_not_everything_is_known(self, tmp_path: Path) -> None:
        result = self.run(tmp_path, "<!-- termcheck-ignore TC303: no numbers -->", "", "pl/story.md")
        assert [item.code for item in result.findings] == ["TC101"]

    def test_a_comment_without_reason_is_told(self, tmp_path: Path) -> None:
        result = self.run(tmp_path, "<!-- termcheck-ignore TC101 -->")
        assert [item.code for item in result.findings] == ["TC002", "TC101"]

    def test_an_exemption(self, tmp_path: Path) -> None:
        config = "exempt:\n- {rules: [TC101], paths: ['pl/**'], languages: [pl], reason: later}\n"
        result = self.run(tmp_path, "", config)
        assert result.findings == ()
        assert [item.reason for item in result.suppressed] == ["exempt: later"]

    def test_an_unused_exemption_is_told_at_its_line(self, tmp_path: Path) -> None:
        result = self.run(tmp_path, "", "fail_on: note\nexempt:\n- {rules: [TC303], reason: later}\n")
        unused = next(item for item in result.findings if item.code == "TC003")
        assert (unused.location.path, unused.location.start.line, unused.lang) == ("termcheck.yaml", 3, None)

    @pytest.mark.parametrize(
        ("item", "message"),
        [
            ("{rules: [TC999], reason: x}", "TC999"),
            ("{rules: [], reason: x}", "'rules' is empty"),
            ("{rules: [TC101]}", "reason"),
            ("{rules: [TC101], reason: ''}", "reason"),
            ("{rules: [TC101], reason: x, path: a}", "path"),
            ("{rules: [TC101], reason: x, languages: ['!']}", "'!'"),
        ],
    )
    def test_mistakes_in_the_configuration(self, item: str, message: str, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match=message):
            self.run(tmp_path, "", f"exempt:\n- {item}\n")
