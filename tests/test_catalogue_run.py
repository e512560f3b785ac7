"""Catalogues of messages from discovery to findings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scratch_repository import ScratchRepository
from small_corpus import check_paths, make_encoder, paragraphs, write
from termcheck.config import load_config
from termcheck.corpus.target import find_target
from termcheck.model import Position
from termcheck.pipeline import check

if TYPE_CHECKING:
    from pathlib import Path

    from termcheck.model import Finding, RunResult


def catalogue(lang: str, *without: str) -> str:
    texts = {f"page.p{number}": text for number, text in enumerate(paragraphs(lang))}
    return json.dumps({key: text for key, text in texts.items() if key not in without}, indent=1, ensure_ascii=False)


def gettext(lang: str, **changes: str) -> str:
    entries = [f'msgid ""\nmsgstr "Language: {lang}\\n"\n']
    for number, (source, target) in enumerate(zip(paragraphs("en"), paragraphs(lang), strict=True)):
        entries.append(changes.get(f"p{number}", f'msgid "{source}"\nmsgstr "{target}"\n'))
    return "\n".join(entries)


def found(result: RunResult, *codes: str) -> list[Finding]:
    return [finding for finding in result.findings if finding.code in codes]


def test_complete_versions_are_clean(tmp_path: Path) -> None:
    write(tmp_path, {f"i18n/{lang}.json": catalogue(lang) for lang in ("en", "pl", "tr")})
    result = check_paths(tmp_path)
    assert not found(result, "TC001", "TC101", "TC102", "TC103", "TC104")
    (summary,) = result.sets
    assert summary.key == "i18n/{lang}.json"
    assert {version.coverage for version in summary.versions} == {1.0}
    assert not any(version.excluded for version in summary.versions)


def test_a_missing_and_an_extra_message(tmp_path: Path) -> None:
    write(tmp_path, {"i18n/en.json": catalogue("en", "page.p2"), "i18n/pl.json": catalogue("pl", "page.p0")})
    missing, extra = found(check_paths(tmp_path), "TC101", "TC102")
    assert missing.message == "The message “page.p0” is missing here that English (the source) has."
    assert missing.location.path == "i18n/pl.json"
    assert missing.confidence == 1
    assert extra.message == "The message “page.p2” has no counterpart in English (the source)."


def test_messages_of_a_gettext_file(tmp_path: Path) -> None:
    source = paragraphs("en")[1]
    write(tmp_path, {"po/pl.po": gettext("pl", p1=f'msgctxt "menu"\nmsgid "{source}"\nmsgstr ""\n')})
    result = check_paths(tmp_path)
    (missing,) = found(result, "TC101")
    assert "“menu | " in missing.message
    assert missing.location.start > Position(6, 1)
    assert [finding.excerpts[0].location.path for finding in found(result, "TC101")] == ["po/pl.po"]


def test_a_comment_leaves_a_message_alone(tmp_path: Path) -> None:
    source = paragraphs("en")[1]
    entry = f'# termcheck-ignore TC101: comes with the next release\nmsgid "{source}"\nmsgstr ""\n'
    write(tmp_path, {"po/pl.po": gettext("pl", p1=entry)})
    result = check_paths(tmp_path)
    assert not found(result, "TC101", "TC003", "TC002")
    assert [item.finding.code for item in result.suppressed] == ["TC101"]


def test_a_broken_file_is_one_finding(tmp_path: Path) -> None:
    broken = catalogue("pl").rstrip("}\n")
    write(tmp_path, {"i18n/en.json": catalogue("en"), "i18n/pl.json": broken, "i18n/tr.json": catalogue("tr")})
    result = check_paths(tmp_path)
    (problem,) = found(result, "TC001")
    assert problem.location.path == "i18n/pl.json"
    assert "it is no JSON" in problem.message
    assert problem.location.start.line == broken.count("\n") + 1
    write(tmp_path, {"po/pl.po": 'msgid "a"\nmsgstr oops\n'})
    assert [finding.location.path for finding in found(check_paths(tmp_path), "TC001")] == ["i18n/pl.json", "po/pl.po"]


def test_only_what_a_branch_changed(tmp_path: Path) -> None:
    repository = ScratchRepository(tmp_path)
    empty = {f"p{number}": f'msgid "{text}"\nmsgstr ""\n' for number, text in enumerate(paragraphs("en"))}
    base = repository.commit({"po/pl.po": gettext("pl", p4=empty["p4"])})
    repository.commit({"po/pl.po": gettext("pl", p4=empty["p4"], p1=empty["p1"])})
    assert len(found(check_paths(tmp_path), "TC101")) == 2
    target = find_target([str(tmp_path)])
    result = check(target, load_config(tmp_path, None, {}), since=base, use_cache=False, encoder=make_encoder())
    (missing,) = found(result, "TC101")
    assert missing.excerpts[0].text == paragraphs("en")[1]
