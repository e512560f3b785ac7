"""Which files are versions of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from termcheck.corpus.discover import Discovery, corpus_root, discover, discover_pairs, language_of
from termcheck.errors import ConfigError, InputError
from termcheck.languages import LanguageTagError

if TYPE_CHECKING:
    from pathlib import Path


def make(root: Path, *paths: str) -> Path:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("text", encoding="utf-8")
    return root


def shown(found: Discovery) -> dict[str, dict[str, str]]:
    return {document.key: dict(document.versions) for document in found.sets}


def sets(root: Path, *paths: str, **settings: Any) -> dict[str, dict[str, str]]:
    return shown(discover(make(root, *paths), **settings))


def skipped(found: Discovery) -> dict[str, str]:
    return {item.path: item.reason for item in found.skipped}


def test_language_folders(tmp_path: Path) -> None:
    found = discover(make(tmp_path, "pl/a.md", "en/a.md", "zh-hans/a.md", "pl/sub/b.md", "en/sub/b.md", "en/c.md"))
    assert shown(found) == {
        "a": {"en": "en/a.md", "pl": "pl/a.md", "zh-Hans": "zh-hans/a.md"},
        "sub/b": {"en": "en/sub/b.md", "pl": "pl/sub/b.md"},
    }
    assert [(document.key, dict(document.versions)) for document in found.orphans] == [("c", {"en": "en/c.md"})]
    assert found.languages == ("en", "pl", "zh-Hans")
    assert found.source == "en"
    assert [document.source for document in found.sets] == ["en", "en"]
    assert found.layout == "{lang}/{path}"


@pytest.mark.parametrize(
    ("paths", "key", "langs"),
    [
        (["content/pl/x/a.md", "content/de/x/a.md"], "content/x/a", ["de", "pl"]),
        (["docs/en/docs/x.md", "docs/pt_BR/docs/x.md"], "docs/docs/x", ["en", "pt-BR"]),
        (["lang/pl/index.md", "lang/tr/index.md", "index.md"], "index", ["en", "pl", "tr"]),
        (["index.pl.md", "index.md"], "index", ["en", "pl"]),
        (["a/index.pl.md", "a/index.zh-cn.md"], "a/index", ["pl", "zh-CN"]),
        (["README-ko.md", "README.md"], "README", ["en", "ko"]),
        (["README-zh_TW.md", "README_ja.md", "README.md"], "README", ["en", "ja", "zh-TW"]),
        (["pages.pl/a.md", "pages.pt_BR/a.md", "pages/a.md"], "pages/a", ["en", "pl", "pt-BR"]),
        (["pages.pl/a.md", "pages/a.md"], "pages/a", ["en", "pl"]),
        (["pl.md", "de.md"], ".", ["de", "pl"]),
        (["x/pl.md", "x/de.md", "x/README.md"], "x", ["de", "pl"]),
        (["en/a.md", "pl/a.mdx"], "a", ["en", "pl"]),
        (["a.en.txt", "a.id.txt"], "a", ["en", "id"]),
        (["en/a.en.md", "pl/a.pl.md"], "a", ["en", "pl"]),
        (["guide.md", "tr/guide.md"], "guide", ["en", "tr"]),
        (["translations/it/README.md", "README.md"], "README", ["en", "it"]),
    ],
)
def test_layouts(tmp_path: Path, paths: list[str], key: str, langs: list[str]) -> None:
    found = sets(tmp_path, *paths)
    assert {name: list(versions) for name, versions in found.items()} == {key: langs}


def test_source_at_the_root(tmp_path: Path) -> None:
    found = discover(make(tmp_path, "a.md", "sub/b.mdx", "only.md", "de/a.md", "de/sub/b.mdx", "ko/a.md"))
    assert shown(found) == {
        "a": {"de": "de/a.md", "en": "a.md", "ko": "ko/a.md"},
        "sub/b": {"de": "de/sub/b.mdx", "en": "sub/b.mdx"},
    }
    assert [document.key for document in found.orphans] == ["only"]
    assert found.source == "en"
    assert "taken for en" in found.layout


def test_told_source_at_the_root(tmp_path: Path) -> None:
    found = discover(make(tmp_path, "a.md", "de/a.md", "en/a.md"), source="pl")
    assert shown(found) == {"a": {"de": "de/a.md", "en": "en/a.md", "pl": "a.md"}}
    assert found.source == "pl"
    assert "files without a tag are pl" in found.layout


def test_untagged_files_beside_english_are_no_version(tmp_path: Path) -> None:
    found = discover(make(tmp_path, "a.md", "de/a.md", "en/a.md", "b.md", "b.en.md", "b.pl.md"))
    assert shown(found)["a"] == {"de": "de/a.md", "en": "en/a.md"}
    assert shown(found)["b"] == {"en": "b.en.md", "pl": "b.pl.md"}
    assert skipped(found) == dict.fromkeys(("a.md", "b.md"), "nothing in its path says its language")


def test_without_english_there_is_no_source(tmp_path: Path) -> None:
    found = discover(make(tmp_path, "pl/a.md", "id/a.md"))
    assert found.source is None
    assert found.sets[0].source is None


def test_source_is_kept_but_only_where_it_has_a_version(tmp_path: Path) -> None:
    found = discover(make(tmp_path, "pl/a.md", "id/a.md", "de/b.md", "pl/b.md"), source="de")
    assert [document.source for document in found.sets] == [None, "de"]


@pytest.mark.parametrize(
    "paths",
    [
        ["docs/a.md", "it/b.md"],
        ["id/README.md", "README.md"],
        ["how.md", "how-it.md", "other.md"],
        ["is.md", "as.md", "because.md"],
        ["src/a.md", "lib/a.md", "api/a.md"],
        ["sign-is.md", "sign.txt"],
        ["notes.de.md", "b.md"],
    ],
)
def test_no_guess_without_evidence(tmp_path: Path, paths: list[str]) -> None:
    found = discover(make(tmp_path, *paths))
    assert found.sets == ()
    assert set(skipped(found)) == set(paths)


def test_doubt_says_what_would_settle_it(tmp_path: Path) -> None:
    found = discover(make(tmp_path, "id/README.md", "README.md", "how.md", "how-it.md"))
    assert "add id to the languages" in skipped(found)["id/README.md"]
    assert 'the Italian version of "how"' in skipped(found)["how-it.md"]
    settled = discover(tmp_path, languages=["en", "id", "it"])
    assert shown(settled) == {
        "README": {"en": "README.md", "id": "id/README.md"},
        "how": {"en": "how.md", "it": "how-it.md"},
    }


def test_path_with_two_languages(tmp_path: Path) -> None:
    found = discover(make(tmp_path, "en/a.md", "pl/a.md", "en/b.pl.md", "en/b.de.md", "en/it.md", "pl/it.md"))
    assert "several languages: en, pl" in skipped(found)["en/b.pl.md"]
    assert shown(found) == {
        "a": {"en": "en/a.md", "pl": "pl/a.md"},
        "it": {"en": "en/it.md", "pl": "pl/it.md"},
    }


def test_two_files_for_one_language(tmp_path: Path) -> None:
    found = discover(
        make(tmp_path, "en/a.md", "pl/a.md", "en/a.txt", "pl/a.txt", "pt-br/b.md", "pt_BR/b.md", "en/b.md")
    )
    assert shown(found) == {
        "a.md": {"en": "en/a.md", "pl": "pl/a.md"},
        "a.txt": {"en": "en/a.txt", "pl": "pl/a.txt"},
    }
    assert "the same document in pt-BR" in skipped(found)["pt-br/b.md"]


def test_limit_to_languages(tmp_path: Path) -> None:
    found = discover(make(tmp_path, "en/a.md", "pl/a.md", "de/a.md"), languages=["pl", "de"], source="en")
    assert list(found.sets[0].versions) == ["de", "en", "pl"]
    found = discover(tmp_path, languages=["pl", "de"])
    assert list(found.sets[0].versions) == ["de", "pl"]
    assert skipped(found) == {"en/a.md": "en is not among the languages to check"}


def test_only_keeps_the_other_versions(tmp_path: Path) -> None:
    make(tmp_path, "en/a.md", "pl/a.md", "en/b.md", "pl/b.md", "en/c.md")
    found = discover(tmp_path, only=["pl/b.md", "en/c.md"])
    assert shown(found) == {"b": {"en": "en/b.md", "pl": "pl/b.md"}}
    assert [document.key for document in found.orphans] == ["c"]


def test_explicit_patterns(tmp_path: Path) -> None:
    make(tmp_path, "docs/a.md", "i18n/pl/current/a.md", "i18n/de/current/a.md", "i18n/xx/current/a.md", "o/pl/a.md")
    found = discover(tmp_path, layout=["docs/{path}", "i18n/{lang}/current/{path}"], source="en")
    assert shown(found) == {
        "a": {"de": "i18n/de/current/a.md", "en": "docs/a.md", "pl": "i18n/pl/current/a.md"},
    }
    assert skipped(found) == {
        "i18n/xx/current/a.md": '"xx" is no language tag, where the layout "i18n/{lang}/current/{path}" has {lang}',
        "o/pl/a.md": "no layout pattern matches",
    }


def test_patterns_without_path(tmp_path: Path) -> None:
    found = sets(tmp_path, "x/text.en", "x/a_en.md", "x/a_pl.md", layout=["x/*_{lang}.md"])
    assert found == {"x/a": {"en": "x/a_en.md", "pl": "x/a_pl.md"}}


@pytest.mark.parametrize("pattern", ["{lang}/{file}", "{lang}/{lang}/x", "docs/{path}", "{lang/{path}"])
def test_wrong_patterns(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(ConfigError):
        discover(tmp_path, layout=[pattern])


def test_wrong_root_and_tags(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        discover(tmp_path / "gone")
    with pytest.raises(InputError, match="not a folder"):
        discover(make(tmp_path, "a.md") / "a.md")
    with pytest.raises(LanguageTagError):
        discover(tmp_path, languages=["qq-nonsense-tag"])


def test_empty_folder(tmp_path: Path) -> None:
    found = discover(tmp_path)
    assert (found.sets, found.languages, found.source) == ((), (), None)
    assert found.layout == "no language versions recognised"


def test_many_patterns_are_summed_up(tmp_path: Path) -> None:
    paths = [f"p{index}/{lang}/a.md" for index in range(9) for lang in ("en", "pl")]
    assert discover(make(tmp_path, *paths)).layout.endswith(" and 3 more")


def test_pairs_of_folders(tmp_path: Path) -> None:
    make(tmp_path, "x/source/a.md", "x/source/s/b.md", "polish/a.md", "polish/s/b.mdx", "polish/c.pdf")
    found = discover_pairs({"en": tmp_path / "x/source", "pl": tmp_path / "polish"})
    assert found.root == tmp_path
    assert shown(found) == {
        "a": {"en": "x/source/a.md", "pl": "polish/a.md"},
        "s/b": {"en": "x/source/s/b.md", "pl": "polish/s/b.mdx"},
    }
    assert skipped(found) == {"polish/c.pdf": "no reader for .pdf files"}


def test_pairs_of_files(tmp_path: Path) -> None:
    make(tmp_path, "one.md", "two/zwei.txt")
    found = discover_pairs({"en": tmp_path / "one.md", "de": tmp_path / "two/zwei.txt"})
    assert shown(found) == {"one": {"de": "two/zwei.txt", "en": "one.md"}}
    assert found.source == "en"


def test_pairs_that_do_not_fit(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "b/c.md", "d.png")
    wrong = [
        {"en": tmp_path / "a.md"},
        {"en": tmp_path / "a.md", "pl": tmp_path / "b"},
        {"en": tmp_path / "a.md", "pl": tmp_path / "gone.md"},
        {"en": tmp_path / "a.md", "pl": tmp_path / "d.png"},
    ]
    for versions in wrong:
        with pytest.raises(InputError):
            discover_pairs(versions)


@pytest.mark.parametrize(
    ("path", "root"),
    [
        ("p/pl/x/a.md", "p"),
        ("p/pl", "p"),
        ("p/en/x", "p"),
        ("p/a.pl.md", "p"),
        ("q/pages.pl/a.md", "q"),
        ("it/a.md", "it"),
        ("gone/a.md", "gone"),
    ],
)
def test_root_of_a_single_file(tmp_path: Path, path: str, root: str) -> None:
    make(tmp_path, "p/pl/x/a.md", "p/en/x/a.md", "p/a.pl.md", "q/pages.pl/a.md", "q/pages/a.md", "it/a.md")
    assert corpus_root(tmp_path / path) == tmp_path / root


@pytest.mark.parametrize(
    ("path", "lang"),
    [("a.pl.md", "pl"), ("de/a.pl.md", "pl"), ("de/read-it.md", "de"), ("README-ko.md", "ko"), ("tr.md", "tr")],
)
def test_language_of_a_single_file(tmp_path: Path, path: str, lang: str) -> None:
    assert language_of(tmp_path / path) == lang
    assert language_of(tmp_path / "plain.md") is None


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("folder", "documents", "versions", "languages", "source"),
    [
        ("data/opensource.guide", 13, 129, 10, "en"),
        ("data/tldr", 237, 1892, 11, "en"),
        ("data/starlight", 37, 272, 10, "en"),
        ("data/small-layouts", 27, 135, 12, "en"),
        ("seeds", 1, 4, 4, None),
    ],
)
def test_real_corpora(
    shared_data: Path, folder: str, documents: int, versions: int, languages: int, source: str | None
) -> None:
    found = discover(shared_data / folder)
    assert len(found.sets) == documents
    assert sum(len(document.versions) for document in found.sets) == versions
    assert len(found.languages) == languages
    assert found.source == source
