"""Which catalogues are versions of each other."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from termcheck.corpus.discover import Discovery, discover
from termcheck.corpus.reading import LARGEST

if TYPE_CHECKING:
    from pathlib import Path


def make(root: Path, *paths: str, content: str = "") -> Path:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")
    return root


def find(root: Path, *paths: str, content: str = "", **settings: Any) -> Discovery:
    return discover(make(root, *paths, content=content), **settings)


def shown(found: Discovery) -> dict[str, dict[str, str]]:
    return {document.key: dict(document.versions) for document in found.sets}


def reasons(found: Discovery) -> dict[str, str]:
    return {item.path: item.reason for item in found.skipped}


@pytest.mark.parametrize(
    ("paths", "key", "langs"),
    [
        (["locales/en.json", "locales/pt_BR.json"], "locales/{lang}.json", ["en", "pt-BR"]),
        (["public/locales/en/a.json", "public/locales/pl/a.json"], "public/locales/{lang}/a.json", ["en", "pl"]),
        (["_locales/en/messages.json", "_locales/pl/messages.json"], "_locales/{lang}/messages.json", ["en", "pl"]),
        (["lib/l10n/app_en.arb", "lib/l10n/app_pl.arb"], "lib/l10n/app-{lang}.arb", ["en", "pl"]),
        (["config/locales/en.yml", "config/locales/pl.yml"], "config/locales/{lang}.yml", ["en", "pl"]),
        (["locales/devise.en.yml", "locales/devise.pl.yml"], "locales/devise.{lang}.yml", ["en", "pl"]),
        (["_data/en/menu.yml", "_data/pl/menu.yml"], "_data/{lang}/menu.yml", ["en", "pl"]),
        (["a/messages.properties", "a/messages_pl.properties"], "a/messages-{lang}.properties", ["en", "pl"]),
        (["src/messages.en.json", "src/messages.pl.json"], "src/messages.{lang}.json", ["en", "pl"]),
        (["i18n/pl/docs/x.json", "i18n/de/docs/x.json"], "i18n/{lang}/docs/x.json", ["de", "pl"]),
    ],
)
def test_layouts(tmp_path: Path, paths: list[str], key: str, langs: list[str]) -> None:
    found = find(tmp_path, *paths)
    assert {name: list(versions) for name, versions in shown(found).items()} == {key: langs}
    assert not found.skipped


@pytest.mark.parametrize(
    "paths",
    [
        ["package.json", "tsconfig.json", "mkdocs.yml", "config.yml", "data.json", "poetry.lock"],
        ["docs/en/mkdocs.yml", "docs/pl/mkdocs.yml"],
        ["src/en.json", "src/de.json"],
        ["i18n/pl/package.json", "i18n/de/package.json"],
        ["data/id.json", "locales/it.yml"],
        ["app/log4j.properties", "app/it.properties"],
        ["locales/de/x/pl/a.json"],
        ["en/plan.json", "pl/budget.json"],
    ],
)
def test_no_catalogues(tmp_path: Path, paths: list[str]) -> None:
    found = find(tmp_path, *paths)
    assert not found.sets
    assert not found.orphans


def test_reasons(tmp_path: Path) -> None:
    found = find(tmp_path, "src/en.json", "src/de.json", "docs/en/mkdocs.yml", "docs/pl/mkdocs.yml", "a.json")
    assert reasons(found) == {
        "a.json": "nothing in its path says that it holds messages in a language",
        "docs/en/mkdocs.yml": "it has the name of a configuration file",
        "docs/pl/mkdocs.yml": "it has the name of a configuration file",
        "src/de.json": 'nothing says that it holds messages; if it does, add "src/{lang}.json" to the layout',
        "src/en.json": 'nothing says that it holds messages; if it does, add "src/{lang}.json" to the layout',
    }


def test_ambiguous_paths_are_left_out(tmp_path: Path) -> None:
    found = find(tmp_path, *(f"i18n/{outer}/locales/{inner}.json" for outer in ("de", "pl") for inner in ("fr", "tr")))
    assert not found.sets
    assert reasons(found)["i18n/de/locales/fr.json"] == "its path names several languages: de, fr"


def test_told_layouts_must_name_data(tmp_path: Path) -> None:
    paths = ["src/en.json", "src/de.json", "src/en/a.md", "src/de/a.md", "src/en/a.json", "src/de/a.json"]
    assert list(shown(find(tmp_path, *paths, layout=["src/{lang}/{path}"]))) == ["a"]
    assert len(shown(find(tmp_path, *paths, layout=["src/{lang}.json", "src/{lang}/{path}"]))) == 2


def test_told_languages_are_evidence(tmp_path: Path) -> None:
    assert [item.key for item in find(tmp_path, "locales/it.yml", languages=["it"]).orphans] == ["locales/{lang}.yml"]


class TestGettext:
    def test_files_hold_their_source(self, tmp_path: Path) -> None:
        make(tmp_path, "locale/pl/LC_MESSAGES/x.po", content='msgid "a"\nmsgstr "b"\n' * 2)
        found = find(tmp_path, "locale/de/LC_MESSAGES/x.po")
        assert shown(found) == {
            "locale/{lang}/LC_MESSAGES/x.po": {
                "de": "locale/de/LC_MESSAGES/x.po",
                "en": "locale/pl/LC_MESSAGES/x.po",
                "pl": "locale/pl/LC_MESSAGES/x.po",
            }
        }
        assert found.source == "en"

    def test_one_translation_is_enough(self, tmp_path: Path) -> None:
        assert shown(find(tmp_path, "po/pl.po")) == {"po/{lang}.po": {"en": "po/pl.po", "pl": "po/pl.po"}}

    @pytest.mark.parametrize(
        ("template", "translation"),
        [
            ("po/project.pot", "po/pl.po"),
            ("locale/x.pot", "locale/pl/LC_MESSAGES/x.po"),
            ("locale/x.pot", "locale/pl/x.po"),
            ("a/x.pot", "a/x.pl.po"),
            ("a/x.pot", "a/x-pl.po"),
        ],
    )
    def test_templates(self, tmp_path: Path, template: str, translation: str) -> None:
        (versions,) = shown(find(tmp_path, template, translation)).values()
        assert versions == {"en": template, "pl": translation}

    def test_a_template_alone(self, tmp_path: Path) -> None:
        assert "a template without translations" in reasons(find(tmp_path, "x.pot"))["x.pot"]

    def test_english_is_the_source_itself(self, tmp_path: Path) -> None:
        found = find(tmp_path, "po/pl.po", "po/en.po", "po/x.pot")
        assert shown(found) == {"po/{lang}.po": {"en": "po/en.po", "pl": "po/pl.po"}}
        assert reasons(found) == {"po/x.pot": "there is a version in en beside it"}

    def test_told_source(self, tmp_path: Path) -> None:
        assert shown(find(tmp_path, "po/pl.po", source="de")) == {"po/{lang}.po": {"de": "po/pl.po", "pl": "po/pl.po"}}

    def test_the_header_tells_the_language(self, tmp_path: Path) -> None:
        header = 'msgid ""\nmsgstr "Language: pl\\n"\n'
        assert shown(find(tmp_path, "shop.po", content=header)) == {"shop.po": {"en": "shop.po", "pl": "shop.po"}}
        assert "nothing in its path" in reasons(find(tmp_path, "other.po"))["other.po"]


def test_running_text_is_found_as_before(tmp_path: Path) -> None:
    texts = ["a.md", "pl/a.md", "de/a.md"]
    alone = find(tmp_path / "1", *texts)
    beside = find(tmp_path / "2", *texts, "pl/data.json", "de/data.json", "locales/en.json", "locales/pl.json", "a.yml")
    assert shown(alone).items() <= shown(beside).items()
    assert len(shown(beside)) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    for name in ("x.tmx", "pl.po"):
        os.mkfifo(tmp_path / name)
    assert [dict(each.versions) for each in discover(tmp_path).sets] == [{"en": "pl.po", "pl": "pl.po"}]


class TestFilesThatSayTheirLanguages:
    TMX = '<tmx><body><tu><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="pl"><seg>b</seg></tuv></tu></body></tmx>'

    def test_only_up_to_the_size_limit(self, tmp_path: Path) -> None:
        found = find(tmp_path, "x.tmx", content=self.TMX, max_size=len(self.TMX))
        assert shown(found) == {"x.tmx": {"en": "x.tmx", "pl": "x.tmx"}}
        found = discover(tmp_path, max_size=len(self.TMX) - 1)
        assert not found.sets
        assert f"the file is larger than {len(self.TMX) - 1} bytes" in reasons(found)["x.tmx"]

    def test_beyond_the_usual_limit(self, tmp_path: Path) -> None:
        content = self.TMX.replace("<tu>", " " * LARGEST + "<tu>")
        assert not find(tmp_path, "x.tmx", content=content).sets
        assert discover(tmp_path, max_size=2 * LARGEST).sets

    def test_what_is_broken_says_so(self, tmp_path: Path) -> None:
        (tmp_path / "x.tmx").write_bytes(self.TMX.encode() + b"\xff")
        assert "not valid UTF-8: byte 0xFF" in reasons(discover(tmp_path))["x.tmx"]
