from __future__ import annotations

import io

from rich.console import Console

from termcheck.cli.terminal import _Bars
from termcheck.progress import NoProgress


def test_a_stage_shows_what_it_does_how_far_it_is_and_how_fast() -> None:
    stream = io.StringIO()
    shown = _Bars(Console(file=stream, force_terminal=True, width=100), NoProgress())
    with shown.bars:
        shown.stage("Reading", 2)
        shown.stage("Embedding", 1000)
        for _ in range(3):
            shown.advance(100)
        shown.bars.refresh()
    last = stream.getvalue().split("Embedding")[-1]
    assert "300/1000" in last
    assert "/s" in last
    assert "0:00:0" in last
    assert "Reading" not in last
