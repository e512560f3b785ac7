from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termcheck.corpus.directives import Directives, IgnoreSelector, find_directives
from termcheck.corpus.reading import segment
from termcheck.model import Document


def directives(text: str, format: str = "markdown") -> Directives:  # noqa: A002
    document = Document("en/a.md", "en", text, format)
    return find_directives(document, segment(document))


def scope(text: str, format: str = "markdown") -> str:  # noqa: A002
    """The stretch of the text that its only comment covers."""
    (ignore,) = directives(text, format).ignores
    lines = text.splitlines(keepends=True)
    start = sum(map(len, lines[: ignore.scope.start.line - 1])) + ignore.scope.start.column - 1
    end = sum(map(len, lines[: ignore.scope.end.line - 1])) + ignore.scope.end.column - 1
    return text[start:end]


COMMENT = "<!-- termcheck-ignore TC201: quoted -->"


class TestWhatIsCovered:
    def test_the_next_paragraph_and_the_gap_before_it(self) -> None:
        assert scope(f"One.\n\n{COMMENT}\nTwo.\n\nThree.\n") == f"\n\n{COMMENT}\nTwo."

    def test_the_first_paragraph(self) -> None:
        assert scope(f"{COMMENT}\nOne.\n\nTwo.\n") == f"{COMMENT}\nOne."

    def test_the_gap_at_the_end(self) -> None:
        assert scope(f"One.\n\n{COMMENT}\n") == f"\n\n{COMMENT}\n"

    @pytest.mark.parametrize("text", [f"One {COMMENT} here.", f"One {COMMENT}", f"One\nhere. {COMMENT}"])
    def test_the_paragraph_it_stands_in(self, text: str) -> None:
        assert scope(f"Zero.\n\n{text}\n\nTwo.\n") == text

    def test_a_list_item(self) -> None:
        assert scope(f"- One.\n- Two. {COMMENT}\n- Three.\n") == f"Two. {COMMENT}"

    @pytest.mark.parametrize("newline", ["\r\n", "\r"])
    def test_other_line_ends(self, newline: str) -> None:
        assert scope(f"One.{newline * 2}{COMMENT}{newline}Two.{newline}").endswith("Two.")

    def test_everything_up_to_on(self) -> None:
        text = "<!-- termcheck off -->\n\nOne.\n\n<!-- termcheck on -->"
        assert scope(f"Zero.\n\n{text}\n\nTwo.\n") == text

    def test_everything_up_to_the_end(self) -> None:
        text = "<!-- TermCheck OFF: the law\nsays so -->\n\nOne.\n\nTwo.\n"
        assert scope(f"Zero.\n\n{text}") == text
        (ignore,) = directives(text).ignores
        assert (ignore.selectors, ignore.reason) == ((), "the law says so")

    def test_comments_of_mdx(self) -> None:
        comment = "{/* termcheck-ignore TC2: quoted */}"
        assert scope(f"One.\n\n{comment}\n\nTwo.\n", "mdx") == f"\n\n{comment}\n\nTwo."
        assert directives(f"One.\n\n{comment}\n\nTwo.\n") == Directives()


def test_rules_and_concepts() -> None:
    (ignore,) = directives("<!-- termcheck-ignore TC401[client], numbers-differ : so: it is -->\nOne.\n").ignores
    assert ignore.selectors == (IgnoreSelector("TC401", "client"), IgnoreSelector("numbers-differ"))
    assert ignore.reason == "so: it is"


def test_formats_without_comments() -> None:
    assert directives(f"{COMMENT}\nOne.\n", "text line") == Directives()


@pytest.mark.parametrize("code", ["```\n{}\n```", "    {}", "`{}`", "A\n`{}` and `{}`", "> ```\n> {}\n> ```"])
def test_code_holds_no_instructions(code: str) -> None:
    assert directives("One.\n\n" + code.replace("{}", COMMENT) + "\n") == Directives()


def test_a_comment_beside_code_works() -> None:
    assert len(directives(f"`{COMMENT}` {COMMENT}\n\n```\n{COMMENT}\n```\n\n{COMMENT}\n").ignores) == 2


def test_a_comment_that_never_ends_is_none() -> None:
    assert directives("One.\n\n<!-- termcheck-ignore TC201: quoted\n") == Directives()


def test_many_comments_in_code_take_linear_time() -> None:
    found = directives("`<!-- termcheck x -->` " * 20_000 + "\n\n" + "```\n<!-- termcheck x -->\n```\n" * 20_000)
    assert found == Directives()


@given(
    st.lists(
        st.sampled_from(["<!--", "-->", "termcheck", "-ignore", " off", " on", "TC2", ":", "`", "\n", " x", "```"])
    )
)
def test_any_arrangement_is_read(parts: list[str]) -> None:
    text = "".join(parts)
    found = directives(text)
    for ignore in found.ignores:
        assert ignore.scope.start <= ignore.scope.end
        assert ignore.location.start < ignore.location.end
