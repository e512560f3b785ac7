"""The same report, byte for byte, whatever order the process gives its sets in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from process import IMPORTED_FROM, python
from small_corpus import paragraphs

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import sys
import pytest
from small_corpus import use_stand_in
from termcheck.cli import run

use_stand_in(pytest.MonkeyPatch())
sys.exit(run(sys.argv[1:]))
"""

FAULTS = {
    "en": [
        "Wait 48 hours and write to {name}, {place} and {time} at help@example.org.",
        "Run `git push`, `git pull` and `npm test`, see [setup](https://example.org/setup) 🎉 ✨.",
        "Why do clerks copy letters? Walk 5 miles (or 30 kilometres) with 20 lamps.",
        "Gardeners water the flowers. Sailors mend torn white sails and bakers bake bread before sunrise.",
    ],
    "pl": [
        "Zaczekaj 84 godziny i napisz do {nazwa}, {miejsce} i {czas} na adres pomoc@example.org.",
        "Uruchom `git posh`, `git pul` oraz `npm test`, zobacz [instalacja](https://example.org/install) 🔥 👍.",
        "Urzędnicy przepisują listy w w domu. Przejdź 5 kilometrów (lub 30 mil z 21 lampami.",
        "Ogrodnicy podlewają kwiaty. Sailors mend torn white sails and bakers bake bread before sunrise.",
    ],
    "tr": [
        "48 saat bekleyin ve {name}, {place} ile {time} için help@example.org adresine yazın.",
        "`git push`, `git pull` ve `npm test` çalıştırın, bkz. [kurulum](https://example.org/setup) 🎉 ✨.",
        "Kâtipler neden mektup kopyalar? 20 lamba ile 5 mil (ya da 30 kilometre) yürüyün.",
        "Bahçıvanlar çiçekleri sular. Denizciler yırtık beyaz yelkenleri onarır ve fırıncılar ekmek pişirir.",
    ],
}


def _report(folder: Path, seed: int, *arguments: str) -> dict[str, bytes]:
    """The report in three formats, of a process with this hash seed and an empty cache."""
    out = folder / f"out-{seed}"
    out.mkdir()
    outputs = [
        argument for name in ("json", "sarif", "html") for argument in ("--output", f"{name}=../{out.name}/{name}")
    ]
    done = python(
        *("-c", PROGRAM, "report", "--exit-zero", "--cache-dir", str(folder / f"cache-{seed}"), *outputs, *arguments),
        cwd=folder / "docs",
        environment={"PYTHONHASHSEED": str(seed), "PYTHONPATH": f"{IMPORTED_FROM}:{__file__.rpartition('/')[0]}"},
    )
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def test_hash_seeds_change_no_byte(tmp_path: Path) -> None:
    for lang, faults in FAULTS.items():
        (tmp_path / "docs" / lang).mkdir(parents=True)
        # Known words tell the stand-in encoder which paragraphs belong together.
        known = paragraphs(lang)
        text = "\n\n".join([*known[len(faults) :], *(" ".join(pair) for pair in zip(known, faults, strict=False))])
        (tmp_path / "docs" / lang / "page.md").write_text(text, "utf-8")
    first, *others = (_report(tmp_path, seed) for seed in (0, 1, 2))
    codes = {finding["code"] for finding in json.loads(first["json"])["findings"]}
    assert codes >= {"TC303", "TC305", "TC306", "TC307", "TC309", "TC310", "TC311", "TC313", "TC317"}
    assert sorted(first) == ["html", "json", "sarif"]
    assert all(other == first for other in others)
