"""Every format protects the placeholders that it can carry, and finds the ones that were lost or changed, in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from placeholder_files import KINDS, TEXT_FORMATS
from small_corpus import check_paths, paragraphs, write
from termcheck.corpus.readers import READERS
from termcheck.model import Position

if TYPE_CHECKING:
    from pathlib import Path

    from placeholder_files import TextFormat
    from termcheck.model import Finding, RunResult

CODES = ("TC306", "TC308")
GROUPS = [list(KINDS)[start : start + 6] for start in range(0, len(KINDS), 6)]


def texts(lang: str, kinds: list[str], which: int | None) -> list[str]:
    """The paragraphs, each with a placeholder behind its first word: the right one, the wrong one, or none."""
    said = []
    for text, kind in zip(paragraphs(lang), [*kinds, *[""] * 6], strict=False):
        first, _, rest = text.partition(" ")
        said.append(text if which is None or not kind else f"{first} {KINDS[kind][which]} {rest}")
    return said


def run(root: Path, form: TextFormat, kinds: list[str], pl: int | None, tr: int | None) -> RunResult:
    said = {"en": texts("en", kinds, 0), "pl": texts("pl", kinds, pl), "tr": texts("tr", kinds, tr)}
    return check_paths(write(root, form.build(said)))


def findings(result: RunResult, lang: str) -> list[Finding]:
    return [each for each in result.findings if each.code in CODES and each.location.lang == lang]


@pytest.mark.parametrize("kinds", GROUPS, ids=["printf and braces", "signs and tags"])
@pytest.mark.parametrize("name", TEXT_FORMATS)
class TestFormats:
    def test_unchanged(self, name: str, kinds: list[str], tmp_path: Path) -> None:
        form = TEXT_FORMATS[name]
        result = run(tmp_path, form, [kind for kind in kinds if kind not in form.without], 0, 0)
        assert {version.coverage for document in result.sets for version in document.versions} == {1.0}
        assert not [each for each in result.findings if each.code in (*CODES, "TC001", "TC101", "TC102")]

    def test_lost_and_changed(self, name: str, kinds: list[str], tmp_path: Path) -> None:
        form = TEXT_FORMATS[name]
        carried = [kind for kind in kinds if kind not in form.without]
        result = run(tmp_path, form, carried, None, 1)
        lost, changed = findings(result, "pl"), findings(result, "tr")
        assert [each.location.path for each in lost + changed] == [form.path("pl")] * len(carried) + [
            form.path("tr")
        ] * len(carried)
        for number, kind in enumerate(carried):
            right, wrong = KINDS[kind]
            assert lost[number].code == changed[number].code == ("TC308" if kind == "tag" else "TC306")
            assert "missing" in lost[number].message
            if kind != "tag":
                assert right in lost[number].message
                assert wrong in changed[number].message
            assert lost[number].location.start == place(tmp_path, form, "pl", paragraphs("pl")[number], "")
            text = texts("tr", carried, 1)[number]
            assert changed[number].location.start == place(tmp_path, form, "tr", text, "" if kind == "tag" else wrong)


def place(root: Path, form: TextFormat, lang: str, text: str, part: str) -> Position:
    """Where a part of a text stands in the file."""
    path = root / form.path(lang)
    if path.suffix in (".docx", ".odt"):
        # The line is the paragraph.
        number = next(at for at, each in enumerate(paragraphs(lang)) if text.startswith(each.split()[0]))
        return Position(number + 1, text.index(part) + 1)
    content = path.read_text("utf-8")
    start = content.index(form.written(text)) + form.written(text).index(form.written(part))
    return Position(content.count("\n", 0, start) + 1, start - content.rfind("\n", 0, start))


ENGLISH = "{count, plural, one {# file in {dir}} other {# files in {dir}}}"
POLISH = "{count, plural, one {plik w {dir}} few {# pliki w {dri}} many {plików w {dir}} other {# pliku w {dir}}}"
BRANCHES = {
    "i18n/{}.json": '{\n "k": "TEXT"}',
    "app_{}.arb": '{\n "k": "TEXT"}',
    "i18n/{}.yml": "k: 'TEXT'\n",
    "i18n/{}.toml": 'k = "TEXT"\n',
    "m_{}.properties": "# note\nk = TEXT\n",
    "values-{}/strings.xml": '<resources>\n<string name="k">TEXT</string></resources>',
    "a.{}.xlf": '<xliff version="1.2"><file source-language="en" target-language="LANG"><body>\n<trans-unit id="k">'
    f"<source>{ENGLISH}</source>\n<target>TEXT</target></trans-unit></body></file></xliff>",
}
ANDROID = '<resources><plurals name="k">\n{}</plurals></resources>'
APPLE = (
    '<plist version="1.0"><dict><key>k</key><dict><key>NSStringLocalizedFormatKey</key><string>%#@v@</string>\n'
    "<key>v</key><dict>\n{}</dict></dict></dict></plist>"
)
ITEM = '<item quantity="{}">{}</item>\n'
PAIR = "<key>{}</key><string>{}</string>\n"
OWN_FORMS = {
    "po/{}.po": (
        'msgid "%d file in %s"\nmsgid_plural "%d files in %s"\nmsgstr[0] ""\nmsgstr[1] ""\n',
        (
            'msgid "%d file in %s"\nmsgid_plural "%d files in %s"\nmsgstr[0] "plik w %2$s"\nmsgstr[1] "%d pliki w %d"\n'
            'msgstr[2] "plików w %2$s"\n'
        ),
    ),
    "i18n/{}.json": (
        '{"k_one": "%d file in %s",\n "k_other": "%d files in %s"}',
        '{"k_one": "plik w %2$s",\n "k_few": "%d pliki w %d",\n "k_many": "plików w %2$s", "k_other": "%d pliku w %s"}',
    ),
    "values-{}/strings.xml": (
        ANDROID.format(ITEM.format("one", "%d file in %s") + ITEM.format("other", "%d files in %s")),
        ANDROID.format(
            ITEM.format("one", "plik w %2$s")
            + ITEM.format("few", "%d pliki w %d")
            + ITEM.format("many", "plików w %2$s")
            + ITEM.format("other", "%d pliku w %s")
        ),
    ),
    "{}.lproj/a.stringsdict": (
        APPLE.format(PAIR.format("one", "%d file in %s") + PAIR.format("other", "%d files in %s")),
        APPLE.format(
            PAIR.format("one", "plik w %2$s")
            + PAIR.format("few", "%d pliki w %d")
            + PAIR.format("many", "plików w %2$s")
            + PAIR.format("other", "%d pliku w %s")
        ),
    ),
}
FLUENT = (
    "k = { $n ->\n    [one] { $n } file in { $dir }\n   *[other] { $n } files in { $dir }\n }\n",
    (
        "k = { $n ->\n    [one] plik w { $dir }\n    [few] { $n } pliki w { $dri }\n    [many] plików w { $dir }\n"
        "   *[other] { $n } pliku w { $dir }\n }\n"
    ),
)


def placeholder_findings(root: Path, path: str, english: str, polish: str) -> list[tuple[str, str]]:
    """What stands where findings on placeholders of the Polish version are, and what they say."""
    found = check_paths(write(root, {path.format("en"): english, path.format("pl"): polish})).findings
    lines = polish.split("\n")
    return [
        (lines[each.location.start.line - 1][each.location.start.column - 1 :][:8], each.message)
        for each in found
        if each.code in CODES
    ]


@pytest.mark.parametrize("path", BRANCHES)
def test_branches_are_compared_by_category(path: str, tmp_path: Path) -> None:
    """A form that English lacks is held to its ``other`` form, and the form for one may leave the number out."""
    english, polish = (
        BRANCHES[path].replace("TEXT", text).replace("LANG", lang) for lang, text in (("en", ENGLISH), ("pl", POLISH))
    )
    assert placeholder_findings(tmp_path, path, english, polish) == [
        ("{dri}} m", "This version has the placeholder “{dri}” where English (the source) has “{dir}”."),
        ("plików w", "The placeholder “#” is missing in this version."),
    ]
    same = polish.replace("dri", "dir").replace("many {", "many {# ")
    assert not placeholder_findings(tmp_path, path, english, same)


@pytest.mark.parametrize("path", OWN_FORMS)
def test_plural_forms_of_formats(path: str, tmp_path: Path) -> None:
    english, polish = OWN_FORMS[path]
    changed, lost = placeholder_findings(tmp_path, path, english, polish)
    assert changed[0].startswith("%d" + polish.split("pliki w %d")[1][:3].split("\n")[0])
    assert changed[1] == "This version has the placeholder “%d” where English (the source) has “%s”."
    assert lost == ("plików w", "The placeholder “%d” is missing in this version.")


def test_variants_of_fluent(tmp_path: Path) -> None:
    assert placeholder_findings(tmp_path, "{}/a.ftl", *FLUENT) == [
        ("{ $dri }", "This version has the placeholder “{$dri}” where English (the source) has “{$dir}”."),
        ("plików w", "The placeholder “{$n}” is missing in this version."),
    ]


def test_every_format_is_tried() -> None:
    assert {name.partition(" ")[0] for name in TEXT_FORMATS} >= {reader.name for reader in READERS}
