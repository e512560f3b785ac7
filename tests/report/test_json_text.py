from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termcheck.report.json_text import json_text


@given(st.text(alphabet='#[]vso\\"a\n') | st.text())
def test_it_reads_the_same_and_holds_no_log_command(text: str) -> None:
    written = json_text({"text": text})
    assert json.loads(written)["text"] == text
    assert "##[" not in written
    assert "##vso[" not in written.lower()


def test_lone_surrogates_become_replacement_characters() -> None:
    assert json.loads(json_text(["\ud800"]).encode()) == ["\ufffd"]


def test_numbers_that_json_lacks_are_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text(float("nan"))
