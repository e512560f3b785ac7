"""The layouts of common site generators, frameworks and translation services, each as its documentation shows it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from termcheck.cli import run
from termcheck.corpus.discover import corpus_root, discover, discover_pairs

if TYPE_CHECKING:
    from pathlib import Path

DOCUSAURUS = "i18n/{}/docusaurus-plugin-content-"
PO = 'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr "b"\n'

LAYOUTS: dict[str, tuple[list[str], dict[str, dict[str, str]]]] = {
    "docusaurus": (
        [
            "README.md",
            "docs/intro.md",
            "docs/more/a.mdx",
            "docs/only.md",
            DOCUSAURUS.format("pl") + "docs/current/intro.md",
            DOCUSAURUS.format("pl") + "docs/current/more/a.md",
            DOCUSAURUS.format("pt-BR") + "docs/current/intro.md",
            "versioned_docs/version-1.0/intro.md",
            DOCUSAURUS.format("pl") + "docs/version-1.0/intro.md",
            "blog/2024-01-01-news.md",
            DOCUSAURUS.format("pl") + "blog/2024-01-01-news.md",
            "src/pages/about.md",
            DOCUSAURUS.format("pl") + "pages/about.md",
            "community/team.md",
            DOCUSAURUS.format("pl") + "docs-community/current/team.md",
        ],
        {
            "docs/intro": {
                "en": "docs/intro.md",
                "pl": DOCUSAURUS.format("pl") + "docs/current/intro.md",
                "pt-BR": DOCUSAURUS.format("pt-BR") + "docs/current/intro.md",
            },
            "docs/more/a": {"en": "docs/more/a.mdx", "pl": DOCUSAURUS.format("pl") + "docs/current/more/a.md"},
            "versioned_docs/version-1.0/intro": {
                "en": "versioned_docs/version-1.0/intro.md",
                "pl": DOCUSAURUS.format("pl") + "docs/version-1.0/intro.md",
            },
            "blog/2024-01-01-news": {
                "en": "blog/2024-01-01-news.md",
                "pl": DOCUSAURUS.format("pl") + "blog/2024-01-01-news.md",
            },
            "src/pages/about": {"en": "src/pages/about.md", "pl": DOCUSAURUS.format("pl") + "pages/about.md"},
            "community/team": {
                "en": "community/team.md",
                "pl": DOCUSAURUS.format("pl") + "docs-community/current/team.md",
            },
        },
    ),
    "docusaurus beside its documents": (
        ["docs/a.md", "website/" + DOCUSAURUS.format("ko") + "docs/current/a.md"],
        {"docs/a": {"en": "docs/a.md", "ko": "website/" + DOCUSAURUS.format("ko") + "docs/current/a.md"}},
    ),
    "docusaurus with its own english": (
        ["docs/a.md", DOCUSAURUS.format("en") + "docs/current/a.md", DOCUSAURUS.format("ko") + "docs/current/a.md"],
        {
            "i18n/docusaurus-plugin-content-docs/current/a": {
                "en": DOCUSAURUS.format("en") + "docs/current/a.md",
                "ko": DOCUSAURUS.format("ko") + "docs/current/a.md",
            }
        },
    ),
    "hugo, folders and data": (
        [
            "content/en/a.md",
            "content/pl/a.md",
            "i18n/en.toml",
            "i18n/pl.toml",
            "data/en/x.yml",
            "data/pl/x.yml",
            "config.toml",
        ],
        {
            "content/a": {"en": "content/en/a.md", "pl": "content/pl/a.md"},
            "i18n/{lang}.toml": {"en": "i18n/en.toml", "pl": "i18n/pl.toml"},
            "data/{lang}/x.yml": {"en": "data/en/x.yml", "pl": "data/pl/x.yml"},
        },
    ),
    "hugo, file names": (
        ["content/a.md", "content/a.pl.md", "content/posts/_index.md", "content/posts/_index.pl.md"],
        {
            "content/a": {"en": "content/a.md", "pl": "content/a.pl.md"},
            "content/posts/_index": {"en": "content/posts/_index.md", "pl": "content/posts/_index.pl.md"},
        },
    ),
    "jekyll, collections and data": (
        ["_articles/a.md", "_articles/pl/a.md", "_articles/tr/a.md", "_data/locales/en.yml", "_data/locales/pl.yml"],
        {
            "_articles/a": {"en": "_articles/a.md", "pl": "_articles/pl/a.md", "tr": "_articles/tr/a.md"},
            "_data/locales/{lang}.yml": {"en": "_data/locales/en.yml", "pl": "_data/locales/pl.yml"},
        },
    ),
    "jekyll, multiple languages plugin": (
        ["_i18n/en.yml", "_i18n/pl.yml", "_i18n/en/about.md", "_i18n/pl/about.md"],
        {
            "_i18n/{lang}.yml": {"en": "_i18n/en.yml", "pl": "_i18n/pl.yml"},
            "_i18n/about": {"en": "_i18n/en/about.md", "pl": "_i18n/pl/about.md"},
        },
    ),
    "transifex, a folder for each resource": (
        ["translations/site.main/pl.po", "translations/site.main/pt_BR.po", "translations/site.main/en.po"],
        {
            "translations/site.main/{lang}.po": {
                "en": "translations/site.main/en.po",
                "pl": "translations/site.main/pl.po",
                "pt-BR": "translations/site.main/pt_BR.po",
            }
        },
    ),
    "transifex, downloaded files": (
        ["for_use_site_main_pl.po", "for_use_site_main_en.po"],
        {"for_use_site_main-{lang}.po": {"en": "for_use_site_main_en.po", "pl": "for_use_site_main_pl.po"}},
    ),
    "a whole project for each language": (
        [
            "docs/en/docs/index.md",
            "docs/pl/docs/index.md",
            "docs/zh-hant/docs/index.md",
            "docs/en/mkdocs.yml",
            "docs/pl/mkdocs.yml",
        ],
        {
            "docs/docs/index": {
                "en": "docs/en/docs/index.md",
                "pl": "docs/pl/docs/index.md",
                "zh-Hant": "docs/zh-hant/docs/index.md",
            }
        },
    ),
    "vitepress": (
        ["index.md", "guide/a.md", "pl/index.md", "pl/guide/a.md"],
        {"index": {"en": "index.md", "pl": "pl/index.md"}, "guide/a": {"en": "guide/a.md", "pl": "pl/guide/a.md"}},
    ),
    "starlight": (
        ["src/content/docs/a.mdx", "src/content/docs/pl/a.md", "src/content/i18n/pl.json", "src/content/i18n/ko.json"],
        {
            "src/content/docs/a": {"en": "src/content/docs/a.mdx", "pl": "src/content/docs/pl/a.md"},
            "src/content/i18n/{lang}.json": {"ko": "src/content/i18n/ko.json", "pl": "src/content/i18n/pl.json"},
        },
    ),
    "mkdocs, file names": (
        ["docs/index.md", "docs/index.pl.md", "docs/a.en.md", "docs/a.pl.md"],
        {
            "docs/index": {"en": "docs/index.md", "pl": "docs/index.pl.md"},
            "docs/a": {"en": "docs/a.en.md", "pl": "docs/a.pl.md"},
        },
    ),
    "sphinx": (
        ["docs/locale/pl/LC_MESSAGES/a.po", "docs/locale/gettext/a.pot", "docs/locale/pl/LC_MESSAGES/b/c.po"],
        {
            "docs/locale/{lang}/LC_MESSAGES/a.po": {
                "en": "docs/locale/gettext/a.pot",
                "pl": "docs/locale/pl/LC_MESSAGES/a.po",
            },
            "docs/locale/{lang}/LC_MESSAGES/b/c.po": {
                "en": "docs/locale/pl/LC_MESSAGES/b/c.po",
                "pl": "docs/locale/pl/LC_MESSAGES/b/c.po",
            },
        },
    ),
    "two templates": (
        ["locale/a.pot", "locale/pot/a.pot", "locale/pl/LC_MESSAGES/a.po"],
        {"locale/{lang}/LC_MESSAGES/a.po": {"en": "locale/a.pot", "pl": "locale/pl/LC_MESSAGES/a.po"}},
    ),
    "readmes in a folder of their own": (
        ["README.md", "docs/README.ja.md", "docs/README.ko.md", "translations/CONTRIBUTING-de.md", "CONTRIBUTING.md"],
        {
            "README": {"en": "README.md", "ja": "docs/README.ja.md", "ko": "docs/README.ko.md"},
            "CONTRIBUTING": {"de": "translations/CONTRIBUTING-de.md", "en": "CONTRIBUTING.md"},
        },
    ),
    "readmes here and there": (
        ["README.md", "README.ja.md", "docs/README.md", "docs/README.ja.md"],
        {
            "README": {"en": "README.md", "ja": "README.ja.md"},
            "docs/README": {"en": "docs/README.md", "ja": "docs/README.ja.md"},
        },
    ),
    "tags in any spelling": (
        [
            "en-US/a.md",
            "id-ID/a.md",
            "zh-hans/a.md",
            "zh-cn/a.md",
            "zh_TW/a.md",
            "pt-br/a.md",
            "sr-latn/a.md",
            "es-419/a.md",
        ],
        {
            "a": {
                "en-US": "en-US/a.md",
                "es-419": "es-419/a.md",
                "id-ID": "id-ID/a.md",
                "pt-BR": "pt-br/a.md",
                "sr-Latn": "sr-latn/a.md",
                "zh-CN": "zh-cn/a.md",
                "zh-Hans": "zh-hans/a.md",
                "zh-TW": "zh_TW/a.md",
            }
        },
    ),
    "endings that differ": (
        ["en/a.md", "pl/a.mdx", "de/a.markdown"],
        {"a": {"de": "de/a.markdown", "en": "en/a.md", "pl": "pl/a.mdx"}},
    ),
    "angular": (
        ["src/locale/messages.xlf", "src/locale/messages.pl.xlf"],
        {"src/locale/messages.{lang}.xlf": {"en": "src/locale/messages.xlf", "pl": "src/locale/messages.pl.xlf"}},
    ),
    "rails": (
        [
            "config/locales/en.yml",
            "config/locales/pl.yml",
            "config/locales/devise.en.yml",
            "config/locales/devise.pl.yml",
        ],
        {
            "config/locales/{lang}.yml": {"en": "config/locales/en.yml", "pl": "config/locales/pl.yml"},
            "config/locales/devise.{lang}.yml": {
                "en": "config/locales/devise.en.yml",
                "pl": "config/locales/devise.pl.yml",
            },
        },
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts(tmp_path: Path, name: str) -> None:
    paths, expected = LAYOUTS[name]
    make(tmp_path, paths)
    found = discover(tmp_path)
    assert {document.key: dict(document.versions) for document in found.sets} == expected
    regional = "en-US" if name == "tags in any spelling" else "en"
    assert {document.source for document in found.sets} <= {regional, None}
    assert found.source == regional


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_command_shows_them_with_counts(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    paths, expected = LAYOUTS[name]
    make(tmp_path, paths)
    (tmp_path / "manual.adoc").touch()
    assert run(["discover", str(tmp_path)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    documents = f"{len(expected)} document{'s' * (len(expected) > 1)} with two or more versions"
    assert documents in shown
    files = Counter(lang for versions in expected.values() for lang in versions)
    if name != "docusaurus":
        # There, one document has no translation.
        assert f"Files: {', '.join(f'{lang} {count}' for lang, count in sorted(files.items()))}." in shown
    assert "1 × AsciiDoc is not read" in shown


def test_what_docusaurus_does_not_translate_is_an_orphan(tmp_path: Path) -> None:
    make(tmp_path, LAYOUTS["docusaurus"][0])
    found = discover(tmp_path)
    assert [dict(document.versions) for document in found.orphans] == [{"en": "docs/only.md"}]
    assert [item.path for item in found.skipped] == ["README.md"]
    assert "taken for en" in found.layout
    told = discover(tmp_path, source="de")
    assert dict(told.sets[0].versions)["de"] == "blog/2024-01-01-news.md"


def test_the_site_of_a_single_file(tmp_path: Path) -> None:
    make(tmp_path, [f"site/{path}" for path in LAYOUTS["docusaurus"][0]])
    make(tmp_path, [f"other/{path}" for path in LAYOUTS["docusaurus beside its documents"][0]])
    for path in ("docs/more/a.mdx", DOCUSAURUS.format("pl") + "docs/current/intro.md"):
        assert corpus_root(tmp_path / "site" / path) == tmp_path / "site"
    assert corpus_root(tmp_path / "other/website" / DOCUSAURUS.format("ko") / "a.md") == tmp_path / "other"


def test_a_folder_of_docusaurus_that_names_no_language(tmp_path: Path) -> None:
    make(tmp_path, ["docs/a.md", DOCUSAURUS.format("xq") + "docs/current/a.md"])
    found = discover(tmp_path)
    assert not found.sets
    assert found.skipped[1].reason == '"xq" is no language tag'


def test_messages_in_one_language_say_what_is_missing(tmp_path: Path) -> None:
    make(tmp_path, ["locales/pl.json", "README.md"])
    reasons = {item.path: item.reason for item in discover(tmp_path).skipped}
    assert reasons["locales/pl.json"] == "its path may say pl, but there is no version beside it"


def test_separate_roots(tmp_path: Path) -> None:
    make(
        tmp_path,
        ["source/a.mdx", "source/b/c.md", "elsewhere/polish/a.md", "elsewhere/polish/b/c.md", "elsewhere/x.md"],
    )
    found = discover_pairs({"en": tmp_path / "source", "pl": tmp_path / "elsewhere/polish"})
    assert {document.key: dict(document.versions) for document in found.sets} == {
        "a": {"en": "source/a.mdx", "pl": "elsewhere/polish/a.md"},
        "b/c": {"en": "source/b/c.md", "pl": "elsewhere/polish/b/c.md"},
    }


def make(root: Path, paths: list[str]) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(PO if path.endswith((".po", ".pot")) else "text", encoding="utf-8")
