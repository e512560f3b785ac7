"""How much each witness counts."""

from __future__ import annotations

from termcheck.meaning.weights import witness_weights


def test_witnesses_count_alike_and_a_source_as_much_as_the_others_together() -> None:
    assert witness_weights(["aa", "bb"], None) == {"aa": 0.5, "bb": 0.5}
    assert witness_weights(["aa", "bb", "cc"], "bb") == {"aa": 0.25, "bb": 0.5, "cc": 0.25}
    assert witness_weights(["aa"], "aa") == {"aa": 1.0}
    assert witness_weights(["aa", "bb"], "zz") == {"aa": 0.5, "bb": 0.5}
