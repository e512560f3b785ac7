from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample_result import HOSTILE
from termcheck.report.sanitize import disarm, sanitize, show_controls, well_formed

ANY = st.text(st.characters(codec=None))
COMMANDS = st.text(st.sampled_from(list(":# [error]vso\n\tA-")), max_size=40)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("a\x00b\x07c\x08d\x7f", "a␀b␇c␈d␡"),
        ("a\tb", "a b"),
        ("a\nb\r", "a¶b␍"),
        ("\x85\x9b", "‹U+0085›‹U+009B›"),
        ("\u202egnp\u2066x\u2069", "‹U+202E›gnp‹U+2066›x‹U+2069›"),
        ("\u2028\u2029\ufeff\ufff9", "‹U+2028›‹U+2029›‹U+FEFF›‹U+FFF9›"),
        ("\ud800\udcff", "‹U+D800›‹U+DCFF›"),
        ("[bold]x[/]", "[bold]x[/]"),
        (
            "Zażółć gęślą jaźń 한국어 العميل 👩‍👩‍👧 می‌خواهم \u200f",
            "Zażółć gęślą jaźń 한국어 العميل 👩‍👩‍👧 می‌خواهم \u200f",
        ),
    ],
)
def test_controls_are_shown_and_text_is_left_alone(text: str, shown: str) -> None:
    assert show_controls(text) == shown


@given(ANY)
def test_nothing_active_is_left(text: str) -> None:
    shown = sanitize(text)
    assert not [char for char in shown if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}]
    assert not [char for char in shown if unicodedata.bidirectional(char) in {"LRE", "RLE", "LRO", "RLO", "PDF"}]
    assert not [char for char in shown if unicodedata.bidirectional(char) in {"LRI", "RLI", "FSI", "PDI"}]


@pytest.mark.parametrize(
    "text",
    [
        "::error::x",
        "  ::error file=a,line=1::x",
        "text ::add-mask::x",
        "word::error::x",
        "::stop-commands",
        "##[error]x",
        "a ##[group]x",
        "##vso[task.setvariable variable=x]y",
        "##VSO[task.complete]",
    ],
)
def test_log_commands_are_disarmed_at_their_length(text: str) -> None:
    harmless = disarm(text)
    assert len(harmless) == len(text)
    assert "::" not in harmless or harmless.index("::") > harmless.index("꞉")
    assert "##" not in harmless


@pytest.mark.parametrize("text", ["std::vector<int>", "a::b", "12::30", ":: ", "::1", "# [x]", "## Title", "a: :b"])
def test_ordinary_colons_and_hashes_stay(text: str) -> None:
    assert disarm(text) == text


@given(COMMANDS, st.integers(0, 40))
def test_no_cut_of_a_disarmed_text_starts_a_command(text: str, cut: int) -> None:
    line = disarm(text)[cut:].split("\n")[0].lstrip()
    assert not re.match(r"::[A-Za-z-]+( .*?)?::", line)
    assert not re.search(r"##(vso)?\[", line)


@given(ANY)
def test_well_formed_text_can_be_encoded(text: str) -> None:
    safe = well_formed(text)
    assert len(safe) == len(text)
    assert safe.encode().decode() == safe


def test_the_hostile_sample_becomes_one_harmless_line() -> None:
    assert sanitize(HOSTILE).splitlines() == [sanitize(HOSTILE)]
    assert "\x1b" not in sanitize(HOSTILE)


@pytest.mark.parametrize("unit", ["::a ", "::a", "::", "::a b", "\x1b", "##", "a:", "::" + "a" * 50])
def test_time_grows_with_the_length_of_the_text(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    start = time.process_time()
    sanitize(text)
    assert time.process_time() - start < 5


def test_line_breaks_of_our_own_can_be_kept() -> None:
    assert sanitize("a\n\x1b\r\n::error::b", keep_lines=True) == "a\n␛␍\n:꞉error::b"
    assert sanitize("a\nb") == "a¶b"
