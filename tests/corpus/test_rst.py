"""reStructuredText: what is text of it, what is protected, and where it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from catalogue_checks import NEWLINES, folded, raw
from segment_checks import check_segments
from termcheck.config import load_config
from termcheck.corpus.directives import find_directives
from termcheck.corpus.discover import discover
from termcheck.corpus.reading import ReadProblem, parse_document, passed_over, segment_or_problem
from termcheck.corpus.target import find_target
from termcheck.inputs import note_passed_over, read_sets
from termcheck.model import Document, Position, Segment, SegmentKind
from termcheck.progress import NoProgress

if TYPE_CHECKING:
    from pathlib import Path


def read(content: str) -> tuple[Segment, ...]:
    found = segment_or_problem(document(content))
    assert isinstance(found, tuple), found
    check_segments(found)
    return found


def document(content: str) -> Document:
    found = parse_document(content.encode(), "en/a.rst", "en")
    assert isinstance(found, Document)
    return found


def shown(content: str) -> list[str]:
    return [segment.text for segment in read(content)]


def test_kinds_and_levels() -> None:
    page = """.. _top:

=====
Title
=====

Said over
two lines.

Low
---

- One
- Two

  * Deep

    more

1. First

Term : class
    Meaning

    Quoted

.. [1] Note

| Line
"""
    found = [(each.kind.value, each.level, each.text, each.location().start.line) for each in read(page)]
    assert found == [
        ("heading", 1, "Title", 4),
        ("paragraph", 0, "Said over two lines.", 7),
        ("heading", 2, "Low", 10),
        ("list item", 1, "One", 13),
        ("list item", 1, "Two", 14),
        ("list item", 2, "Deep", 16),
        ("list item", 2, "more", 18),
        ("list item", 1, "First", 20),
        ("paragraph", 0, "Term", 22),
        ("paragraph", 0, "Meaning", 23),
        ("paragraph", 0, "Quoted", 25),
        ("paragraph", 0, "Note", 27),
        ("paragraph", 0, "Line", 29),
    ]
    assert read(page)[0].anchors == ("top",)


def test_inline_elements() -> None:
    page = r"""A *soft*, **hard** \*star\* and ``x \n``, `a link <https://x.org>`_, named_, `two
words`__ or `spelled out <named_>`_, |sub| [1]_, :ref:`this <place>`, :ref:`place`, :guilabel:`OK` :py:func:`f`.

.. _named: https://named.org
__ https://second.org
"""
    (segment,) = read(page)
    assert segment.text == (
        "A soft, hard *star* and x \\n, a link, named, two words or spelled out, |sub| , this, place, OK f."
    )
    assert [(item.kind.value, segment.text[slice(*item.span)], item.value) for item in segment.protected] == [
        ("code", "x \\n", "x \\n"),
        ("link", "a link", "https://x.org"),
        ("link", "named", "https://named.org"),
        ("link", "two words", "https://second.org"),
        ("link", "spelled out", "https://named.org"),
        ("placeholder", "|sub|", "|sub|"),
        ("placeholder", "", "[1]_"),
        ("link", "this", "place"),
        ("code", "place", "place"),
        ("code", "f", "f"),
    ]
    assert raw(segment, "*star") == r"\*star"


def test_directives() -> None:
    page = """.. note:: Take care
   of it.

.. versionadded:: 2.0
   It came.

.. only:: html

   Only there.

.. code-block:: python

   no

.. toctree::
   :maxdepth: 1

   no

.. figure:: x.png
   :alt: A picture

   Its caption

.. py:function:: no(a)

   Does it.

   :param a: Given

.. include:: /etc/hostname
.. raw:: html

   no

.. unknown:: no

   no

.. |s| replace:: other words
.. no comment

Code::

   no

>>> no
"""
    assert shown(page) == [
        *("Take care of it.", "2.0 It came.", "Only there.", "A picture", "Its caption", "Does it.", "Given"),
        *("other words", "Code:"),
    ]


def test_tables() -> None:
    page = """=====  =====
a      a
=====  =====
x      x x
=====  =====

+------+-------+
| a    | b a   |
| more | line  |
+------+-------+
| - li | a     |
+------+-------+
"""
    found = segment_or_problem(document(page))
    assert isinstance(found, tuple)
    assert [each.text for each in found] == ["a", "a", "x", "x x", "a more", "b a line", "li", "a"]
    assert [each.location().start for each in found] == [
        (2, 1),
        (2, 8),
        (4, 1),
        (4, 8),
        (8, 3),
        (8, 10),
        (11, 5),
        (11, 10),
    ]
    assert {each.kind for each in found} == {SegmentKind.TABLE_CELL, SegmentKind.LIST_ITEM}


def test_comments_that_leave_findings_alone() -> None:
    page = """.. termcheck off: law

One

.. termcheck on

* Two

  .. termcheck-ignore TC201: quoted
     from there

  Three

::

   .. termcheck off
"""
    found = find_directives(document(page), read(page))
    assert [ignore.reason for ignore in found.ignores] == ["law", "quoted from there"]
    assert not found.problems
    assert found.ignores[1].scope.end.line == 12


def test_broken() -> None:
    for content, reason in (
        ("- " * 3000 + "x", "too deeply"),
        ("x\n" * 20_001, "20,000 lines"),
        ("x " * 500_001, "1,000,000"),
    ):
        found = segment_or_problem(document(content))
        assert isinstance(found, ReadProblem)
        assert reason in found.reason


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    from docutils.parsers.rst import directives, roles

    before = dict(directives._directives), dict(roles._roles)
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    page = f".. role:: x\n.. default-role:: code\n\n.. include:: {secret}\n.. csv-table::\n   :file: {secret}\n\n`a`"
    assert "secret" not in "".join(shown(page + "\n\n.. |d| date::\n"))
    assert (dict(directives._directives), dict(roles._roles)) == before


def test_layouts(tmp_path: Path) -> None:
    for name in ("en/a.rst", "pl/a.rst", "guide.rst", "guide.pl.rst"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert {each.key: sorted(each.versions) for each in discover(tmp_path).sets} == {
        "a": ["en", "pl"],
        "guide": ["en", "pl"],
    }


WORDS = st.lists(
    st.sampled_from(
        ["a", "Zażółć", "日本", "e\u0301", "\U0001f600", "7", " ", "\t", "\n", '"', "\\*", "\\_", "=", "%", "/"]
    ),
    min_size=1,
    max_size=10,
).map(lambda parts: "x" + "".join(parts).replace("\n", "x\n") + "x")
BLOCKS = st.sampled_from(
    ["{}\n\n", "- {}\n\n", "\t{}\n\n", ".. note:: {}\n\n", "* - {}\n\n", ".. only:: x\n\n   {}\n\n"]
)


@given(st.lists(st.tuples(BLOCKS, WORDS), max_size=5), NEWLINES, st.booleans())
def test_exact_places(blocks: list[tuple[str, str]], newline: str, bom: bool) -> None:
    page = ".. end\n\nFirst.\n\n"
    for block, words in blocks:
        lead = "\t" if block[0] == "\t" else "   " if "::" in block else " " * block.index("{")
        page += block.format(re.sub(r"\n[ \t]*", "\n" + lead, words)) + "..\n\n"
    found = read(("\ufeff" if bom else "") + page.replace("\n", newline))
    assert [folded(each.text) for each in found[1:]] == [folded(words.replace("\\", "")) for _, words in blocks]
    for segment in found:
        stands = segment.document.text[segment.span.start : segment.span.end]
        assert folded(stands.replace("\\", "")) == folded(segment.text)


@given(st.text(st.sampled_from("ab*`_|\\.:<>[]{}+-= \n\t"), max_size=60))
def test_anything(text: str) -> None:
    found = document(text)
    segment_or_problem(found)
    find_directives(found, ())


def test_unknown_directives_are_left_out_and_said(tmp_path: Path) -> None:
    page = """Title
=====

.. fancy:: a

   Is this text?

- item

  .. my:prompt:: b
     :c: d

     no

.. code-block:: c

   no

.. automodule:: x
   :members:

   no

.. fancy:: without content

.. deprecated-removed:: 3.1 3.2

   Said.
"""
    assert shown(page) == ["Title", "item", "Said."]
    found = passed_over(document(page))
    assert found == ((Position(4, 1), "the content of the directive fancy"),)
    for lang in ("en", "pl"):
        (tmp_path / lang).mkdir()
        (tmp_path / lang / "a.rst").write_text(page, "utf-8")
    notes = Notes()
    target = find_target([str(tmp_path)])
    note_passed_over(read_sets(target, discover(tmp_path), load_config(tmp_path, None, {}), notes), notes)
    assert notes.said == ["Not read: the content of the directive fancy, 2 times, first in en/a.rst:4"]


class Notes(NoProgress):
    def __init__(self) -> None:
        self.said: list[str] = []

    def note(self, topic: str, text: str) -> None:
        self.said.append(f"{topic}: {text}")
