from __future__ import annotations

import os
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from termcheck.config import SETTINGS, Config, Exemption, OriginKind, load_config
from termcheck.errors import ConfigError, InputError
from termcheck.model import Position
from termcheck.schema import load_schema

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The root of a repository, which is the working directory, with a folder ``docs/text``."""
    root = tmp_path.resolve() / "repo"
    (root / ".git").mkdir(parents=True)
    (root / "docs" / "text").mkdir(parents=True)
    monkeypatch.chdir(root)
    return root


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def error(start: Path, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(ConfigError) as caught:
        load_config(start, *args, **kwargs)
    return caught.value.message


def test_without_a_file_everything_is_default(repo: Path) -> None:
    config = load_config(repo, environ={})
    assert config == Config(origins=config.origins)
    assert config.cache.is_absolute()
    assert set(config.origins) == set(SETTINGS)
    assert {str(origin) for origin in config.origins.values()} == {"default"}


def test_every_setting_of_the_yaml_file_arrives(repo: Path) -> None:
    write(
        repo / "docs" / "termcheck.yaml",
        "languages: [en, pt_br]\nsource: EN\nlayout: ['{lang}/{path}.md']\ninclude: ['**/*.md']\nexclude: [drafts]\n"
        "model: ./models/mine\ndevice: cuda:1\njobs: 4\nselect: [TC1, term-collapsed, ALL]\n"
        "ignore: [TC101]\nseverity: {TC102: off}\nfail_on: never\nkeep: [All rights reserved.]\n"
        "glossary: ../words.yaml\ncache: .cache\nbaseline: base.json\ndecisions: made.yaml\nthresholds: {meaning: 1}\n"
        "text_paragraphs: line\nmax_file_size: 5\n"
        "exempt:\n- {rules: [TC1], concepts: [a], paths: [b], languages: [pt_br], reason: 'so  it is'}\n",
    )
    config = load_config(repo / "docs" / "text", environ={})
    assert config == Config(
        languages=("en", "pt-BR"),
        source="en",
        layout=("{lang}/{path}.md",),
        include=("**/*.md",),
        exclude=("drafts",),
        model=str(repo / "docs" / "models" / "mine"),
        device="cuda:1",
        jobs=4,
        select=("TC1", "term-collapsed", "ALL"),
        ignore=("TC101",),
        keep=("All rights reserved.",),
        severity={"TC102": "off"},
        fail_on="never",
        glossary=repo / "words.yaml",
        cache=repo / "docs" / ".cache",
        baseline=repo / "docs" / "base.json",
        decisions=repo / "docs" / "made.yaml",
        exempt=(Exemption(("TC1",), "so it is", ("a",), ("b",), ("pt-BR",)),),
        thresholds={"meaning": 1},
        text_paragraphs="line",
        max_file_size=5,
        file=repo / "docs" / "termcheck.yaml",
        origins=config.origins,
    )
    assert {origin.kind for origin in config.origins.values()} == {OriginKind.FILE}
    assert str(config.origins["source"]) == "docs/termcheck.yaml:2"
    assert config.origins["max_file_size"].position == Position(20, 1)


def test_pyproject_is_read_when_it_has_the_table(repo: Path) -> None:
    write(repo / "docs" / "pyproject.toml", "[project]\nname = 'x'\n")
    write(repo / "pyproject.toml", "[tool.termcheck]\nfail_on = 'note'\n[tool.termcheck.severity]\nTC101 = 'off'\n")
    config = load_config(repo / "docs", environ={})
    assert (config.fail_on, dict(config.severity)) == ("note", {"TC101": "off"})
    assert str(config.origins["fail_on"]) == "pyproject.toml:2"


def test_the_nearest_file_wins_and_the_search_ends_at_the_repository(repo: Path) -> None:
    write(repo.parent / "termcheck.yaml", "fail_on: note\n")
    assert load_config(repo / "docs").file is None
    write(repo / "termcheck.yaml", "fail_on: warning\n")
    assert load_config(repo / "docs" / "text").fail_on == "warning"
    write(repo / "docs" / "termcheck.yml", "fail_on: never\n")
    assert load_config(repo / "docs" / "text").fail_on == "never"


def test_the_folder_of_a_file_is_searched(repo: Path) -> None:
    write(repo / "docs" / "termcheck.yaml", "fail_on: note\n")
    assert load_config(write(repo / "docs" / "a.md", "text")).fail_on == "note"


def test_a_broken_pyproject_that_is_not_about_us_is_passed_over(repo: Path) -> None:
    write(repo / "pyproject.toml", "[broken\n")
    assert load_config(repo).file is None


def test_two_configurations_in_one_folder_are_an_error(repo: Path) -> None:
    write(repo / "docs" / "pyproject.toml", "[tool.termcheck]\n")
    write(repo / "docs" / "termcheck.yaml", "")
    message = error(repo / "docs" / "text")
    assert message == "docs holds two configurations: termcheck.yaml and [tool.termcheck] in pyproject.toml"


@pytest.mark.parametrize("content", ["", "# nothing\n"])
def test_an_empty_file_sets_nothing(repo: Path, content: str) -> None:
    path = write(repo / "termcheck.yaml", content)
    config = load_config(repo)
    assert config.file == path
    assert config.fail_on == "error"


def test_a_named_file_ends_the_search(repo: Path) -> None:
    write(repo / "termcheck.yaml", "fail_on: note\n")
    other = write(repo / "docs" / "other.yaml", "cache: c\n")
    config = load_config(repo, Path("docs/other.yaml"), environ={})
    assert (config.file, config.fail_on, config.cache) == (other, "error", repo / "docs" / "c")


def test_a_named_file_must_be_a_configuration(repo: Path) -> None:
    assert error(repo, repo / "none.yaml") == "none.yaml: cannot be read: No such file or directory"
    path = write(repo / "other.toml", "[tool.other]\n")
    assert error(repo, path) == "other.toml: there is no table [tool.termcheck]"
    assert "outside.toml:1:" in error(repo, write(repo.parent / "outside.toml", "x"))


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(repo: Path) -> None:
    write(repo / "termcheck.yaml", "cache: from-file\nfail_on: note\n")
    environ = {"TERMCHECK_CACHE_DIR": "from-environment"}
    config = load_config(repo / "docs", environ=environ)
    assert config.cache == repo / "from-environment"
    assert str(config.origins["cache"]) == "environment variable TERMCHECK_CACHE_DIR"
    overrides = {"cache": Path("from-option"), "fail_on": None, "languages": ("pl", "pt_br")}
    config = load_config(repo / "docs", None, overrides, environ=environ)
    assert config.cache == repo / "from-option"
    assert config.languages == ("pl", "pt-BR")
    assert (config.fail_on, str(config.origins["fail_on"])) == ("note", "termcheck.yaml:2")
    assert str(config.origins["languages"]) == "command line"


def test_the_environment_is_read_by_default(repo: Path) -> None:
    assert load_config(repo).cache == Path(os.environ["TERMCHECK_CACHE_DIR"])


def test_mistakes_on_the_command_line_have_no_place(repo: Path) -> None:
    message = error(repo, None, {"languages": ("cz",), "severity": {"TC101": "bad"}})
    assert message.split("\n") == [
        "command line: 'TC101' must be error, warning, note or off, not 'bad'",
        "command line: the language tag 'cz' does not exist; did you mean cs (Czech)?",
    ]


def test_a_glossary_is_found_by_its_name(repo: Path) -> None:
    above = write(repo / "glossary.yml", "")
    config = load_config(repo / "docs" / "text")
    assert config.glossary == above
    assert config.origins["glossary"].kind is OriginKind.DISCOVERED
    near = write(repo / "docs" / "glossary.yaml", "")
    assert load_config(repo / "docs" / "text").glossary == near
    (repo / "settings").mkdir()
    beside = write(repo / "settings" / "glossary.yaml", "")
    settings = write(repo / "settings" / "termcheck.yaml", "")
    assert load_config(repo / "docs" / "text", settings).glossary == beside
    assert load_config(repo / "docs", None, {"glossary": "glossary.yml"}).glossary == above


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("bundled", "bundled"),
        ("intfloat/multilingual-e5-base", "intfloat/multilingual-e5-base"),
        ("./new", "{repo}/new"),
        ("text/model", "{repo}/text/model"),
        ("/opt/model", "/opt/model"),
    ],
)
def test_a_model_is_a_folder_or_a_name(repo: Path, value: str, expected: str) -> None:
    (repo / "text" / "model").mkdir(parents=True)
    write(repo / "termcheck.yaml", f"model: {value}\n")
    assert load_config(repo / "docs").model == expected.format(repo=repo)


def test_home_folders_are_filled_in_where_there_is_one(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(repo / "home"))
    write(repo / "termcheck.yaml", "glossary: ~/g.yaml\nbaseline: ~nobody-has-this-name/b\n")
    config = load_config(repo)
    assert config.glossary == repo / "home" / "g.yaml"
    assert config.baseline == repo / "~nobody-has-this-name" / "b"


@pytest.mark.parametrize(("text", "source"), [("none", "none"), ("None", "none"), ("", None), ("pt_br", "pt-BR")])
def test_the_source_language_may_be_none_or_open(repo: Path, text: str, source: str | None) -> None:
    write(repo / "termcheck.yaml", f"source: {text}\n")
    assert load_config(repo).source == source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fail-on: note", "1:1: unknown key 'fail-on'; did you mean 'fail_on'?"),
        ("zebra: 1", "1:1: unknown key 'zebra'; the known keys are languages, source, "),
        ("languages: en", "1:12: 'languages' must be a list, not the text 'en'; write [en]"),
        ("languages:", "1:11: 'languages' must be a list, not empty"),
        ("languages: [en, true]", "1:17: item 2 of 'languages' must be text, not true; put it in quotes"),
        ("languages: [en, xx]", "1:17: the language tag 'xx' does not exist"),
        ("languages: [en, EN]", "1:17: the language en is listed twice; remove one"),
        ("languages: [en]\nsource: pl", "2:9: the source language pl is not one of the languages; they are en"),
        ("source: Klingonish", "1:9: 'Klingonish' is not a language tag"),
        (
            "layout: ['{lang}/{name}.md']",
            "1:10: the pattern '{lang}/{name}.md' holds the unknown placeholder '{name}'; the placeholders are",
        ),
        ("layout: ['{path}.md']", "1:9: no pattern in 'layout' holds {lang}; for example {lang}/{path}.md"),
        (
            "select: [TC1O1]",
            "1:10: item 1 of 'select': 'TC1O1' is not a rule's code (TC101), the beginning of codes (TC4), ",
        ),
        ("severity: {TC1O1: off}", "1:12: the key 'TC1O1' in 'severity' is not a rule's code (TC101)"),
        ("severity: {TC101: warn}", "1:19: 'TC101' must be error, warning, note or off, not 'warn'"),
        ("fail_on: eror", "1:10: 'fail_on' must be error, warning, note or never, not 'eror'; did you mean 'error'?"),
        ("max_file_size: 0", "1:16: 'max_file_size' must be at least 1, not '0'"),
        ("max_file_size: 10 MB", "1:16: 'max_file_size' must be a whole number, not the text '10 MB'"),
        ("thresholds: {meaning: high}", "1:23: 'meaning' must be a number, not the text 'high'"),
        ("thresholds: {meaning: 1e999}", "1:23: 'meaning' must be a finite number, not inf"),
        ("thresholds: {'a b': 1}", "1:14: the key 'a b' in 'thresholds' is not the name of a threshold"),
        ('glossary: "a\\0b"', "1:11: 'glossary': 'a\\x00b' holds a control character"),
        ("glossary: ''", "1:11: 'glossary' is empty"),
        ("include: {a: [1]}", "1:10: 'include' must be a list, not a mapping"),
        ("- a", "1:1: the file must be a mapping, not a list"),
        ("a: [", "2:1: "),
    ],
)
def test_mistakes_are_said_with_place_and_suggestion(repo: Path, text: str, expected: str) -> None:
    write(repo / "termcheck.yaml", text + "\n")
    message = error(repo)
    assert "\n" not in message
    assert message.startswith(f"termcheck.yaml:{expected}")


def test_mistakes_in_pyproject_name_the_table(repo: Path) -> None:
    write(
        repo / "pyproject.toml",
        "[tool.termcheck]\nlanguages = 'en'\nmodel = 2024-01-01\nfailon = 1\n[tool.termcheck.thresholds]\nx = nan\n"
        f"y = {'1' * 400}\n",
    )
    assert error(repo).split("\n") == [
        "pyproject.toml:2:13: [tool.termcheck] 'languages' must be a list, not the text 'en'; write [en]",
        "pyproject.toml:3:9: [tool.termcheck] 'model' must be text, not a date or time",
        "pyproject.toml:4:1: [tool.termcheck] unknown key 'failon'; did you mean 'fail_on'?",
        "pyproject.toml:6:5: 'x' must be a finite number, not nan",
    ]


def test_a_broken_pyproject_with_our_table_is_an_error(repo: Path) -> None:
    write(repo / "pyproject.toml", "[tool.termcheck]\nmodel =\n")
    assert error(repo) == "pyproject.toml:2:8: Invalid value"


def test_the_checked_path_must_exist(repo: Path) -> None:
    with pytest.raises(InputError, match="there is no such file or folder"):
        load_config(repo / "nothing")


def test_settings_schema_and_documentation_agree() -> None:
    schema = load_schema("config.v1")["properties"]
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert list(schema) == list(SETTINGS) == re.findall(r"^### `(\w+)`$", page, re.MULTILINE)
    defaults = {each.name: each.default for each in fields(Config)}
    for name, part in schema.items():
        if "default" in part:
            assert defaults[name] == part["default"], name


@pytest.mark.parametrize(("fence", "name"), [("yaml", "termcheck.yaml"), ("toml", "pyproject.toml")])
def test_the_examples_of_the_documentation_are_valid(repo: Path, fence: str, name: str) -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    example, *_ = re.findall(rf"```{fence}\n(.*?)```", page, re.DOTALL)
    write(repo / name, example)
    config = load_config(repo)
    assert config.languages == ("en", "pl", "pt-BR")
    assert config.severity == {"TC101": "warning"}
