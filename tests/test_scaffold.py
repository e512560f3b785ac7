from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from termcheck.config import load_config
from termcheck.glossary_file import load_glossary
from termcheck.scaffold import starter_config, starter_glossary

if TYPE_CHECKING:
    from pathlib import Path


def test_the_starting_configuration_sets_what_was_found(tmp_path: Path) -> None:
    text = starter_config(["en", "pt-BR"], "en", ["{path}.md", "{lang}/{path}.md"])
    (tmp_path / "termcheck.yaml").write_text(text, encoding="utf-8")
    config = load_config(tmp_path)
    assert config.languages == ("en", "pt-BR")
    assert config.source == "en"
    assert config.layout == ("{path}.md", "{lang}/{path}.md")


@pytest.mark.parametrize("uncomment", [False, True])
def test_without_findings_it_sets_nothing_and_its_comments_are_valid(tmp_path: Path, uncomment: bool) -> None:
    text = starter_config([], None, [])
    if uncomment:
        text = re.sub(r"^#(?! )|^#(?=  TC)", "", text, flags=re.MULTILINE)
    (tmp_path / "termcheck.yaml").write_text(text, encoding="utf-8")
    config = load_config(tmp_path)
    assert config.languages == (("en", "pl") if uncomment else ())
    assert config.source == ("none" if uncomment else None)
    assert config.severity == ({"TC101": "warning"} if uncomment else {})


@pytest.mark.parametrize("languages", [["en", "pl", "zh-Hant-TW"], ["pl", "no"], []])
def test_the_starting_glossary_is_valid_and_so_is_its_example(tmp_path: Path, languages: list[str]) -> None:
    text = starter_glossary(languages)
    path = tmp_path / "glossary.yaml"
    path.write_text(text, encoding="utf-8")
    assert not load_glossary(path, "glossary.yaml")
    blocks = re.findall(r"^#(?:concepts|distinct|acknowledge):\n(?:#.*\n)+", text, flags=re.MULTILINE)
    path.write_text("version: 1\n" + re.sub(r"^#", "", "".join(blocks), flags=re.MULTILINE), encoding="utf-8")
    glossary = load_glossary(path, "glossary.yaml")
    assert [concept.id for concept in glossary.concepts] == ["client", "customer"]
    assert len(glossary.distinct) == len(glossary.acknowledgements) == 1
