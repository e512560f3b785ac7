"""A result made by hand that shows everything a report has to cope with, hostile texts included."""

from __future__ import annotations

import re

from termcheck.fingerprint import with_fingerprints
from termcheck.model import (
    ConceptUse,
    Excerpt,
    Finding,
    GroupVerdict,
    Location,
    Position,
    Rendering,
    Role,
    RunResult,
    SetSummary,
    Severity,
    Skipped,
    Span,
    Suppressed,
    Verdict,
    VersionSummary,
)

# Recolours and clears the screen, ends up as a build service's error, closes an HTML element, reverses what follows,
# and rings the bell.
HOSTILE = (
    "[bold red]no markup[/] \x1b[31mred\x1b[2J\x1b]0;title\x07 ::error file=x::pwned ##[error]x "
    "</script><b>&amp; \u202egnp.exe\u202c \u2066x\u2069 \x85 \u2028end"
)

LONG = (
    "Każdy zespół prowadzi własny rejestr zmian i przegląda go raz w tygodniu. " * 40
    + "Na koniec klient podpisuje protokół odbioru. "
    + "Zapisy starsze niż rok trafiają do archiwum, skąd można je odzyskać na prośbę kierownika. " * 25
)


def location(path: str, lang: str | None, line: int, text: str = "", column: int = 1) -> Location:
    """Where ``text`` stands when it fills one line from ``column`` on."""
    return Location(path, lang, Position(line, column), Position(line, column + len(text)))


def excerpt(role: Role, path: str, lang: str | None, line: int, text: str, *words: str) -> Excerpt:
    """A text of one line in which every occurrence of the words is marked."""
    marks = sorted({match.span() for word in words for match in re.finditer(re.escape(word), text)})
    return Excerpt(role, location(path, lang, line, text), text, tuple(Span(*mark) for mark in marks))


def _findings() -> tuple[Finding, ...]:
    english = "The client sends the request; the customer never sees it."
    polish = "Klient wysyła żądanie, a klient nigdy go nie widzi."
    turkish = "Müşteri isteği gönderir; müşteri onu hiç görmez."
    korean = "클라이언트가 요청을 보내며, 고객은 그것을 볼 수 없습니다."
    arabic = "يرسل برنامج العميل الطلب ولا يراه الزبون أبدًا."
    german = "Das Programm sendet die Anfrage; die Kundschaft bekommt sie nie zu sehen."
    indonesian = "Klien mengirim permintaan; pelanggan tidak pernah melihatnya."
    chinese = "客户端发送请求,而客户永远看不到它。" * 12
    collapsed = Finding(
        code="TC401",
        name="terms-collapsed",
        severity=Severity.ERROR,
        confidence=0.97,
        message="Polish says “klient” both for “client” and for “customer”, which must stay apart.",
        location=location("pl/guide/clients.md", "pl", 12, "Klient"),
        document="guide/clients.md",
        excerpts=(
            excerpt(Role.TARGET, "pl/guide/clients.md", "pl", 12, polish, "Klient", "klient"),
            excerpt(Role.SOURCE, "en/guide/clients.md", "en", 12, english, "client", "customer"),
            excerpt(Role.WITNESS, "ar/guide/clients.md", "ar", 11, arabic, "العميل", "الزبون"),
            excerpt(Role.WITNESS, "id/guide/clients.md", "id", 12, indonesian, "Klien", "pelanggan"),
            excerpt(Role.WITNESS, "ko/guide/clients.md", "ko", 12, korean, "클라이언트", "고객"),
            excerpt(Role.WITNESS, "tr/guide/clients.md", "tr", 12, turkish, "Müşteri", "müşteri"),
        ),
        why=(
            (
                "In 14 of 15 paragraphs where the other versions say “client”, and in all 9 where they say “customer”, "
                "the Polish text has “klient”."
            ),
            "Arabic, Indonesian and Korean keep the two apart.",
        ),
        evidence={
            "shared_rows": 14,
            "share": 0.933333333,
            "share_threshold": 0.6,
            "words": {"client": ["klient"], "customer": ["klient"]},
            "rows": [3, 4, 9, 12, 1234],
        },
        concepts=("client", "customer"),
    )
    meaning = Finding(
        code="TC201",
        name="meaning-differs",
        severity=Severity.WARNING,
        confidence=0.74,
        message="This paragraph seems to say something else than its counterparts: “klient” has no support there.",
        location=location("pl/guide/clients.md", "pl", 40, LONG),
        document="guide/clients.md",
        excerpts=(
            excerpt(Role.TARGET, "pl/guide/clients.md", "pl", 40, LONG, "klient podpisuje"),
            excerpt(Role.SOURCE, "en/guide/clients.md", "en", 41, "At the end the auditor signs.", "auditor"),
            excerpt(Role.WITNESS, "zh-Hans/guide/clients.md", "zh-Hans", 39, chinese, "永远"),
        ),
        why=("Its similarity to the English text is far below what is usual for English and Polish here.",),
        evidence={"similarity": 0.31415926, "similarity_threshold": 0.45, "usual_similarity": 0.582, "witnesses": 2},
    )
    missing = Finding(
        code="TC101",
        name="paragraph-missing",
        severity=Severity.ERROR,
        confidence=0.88,
        message="A paragraph is missing here that English (the source), German and Korean have.",
        location=location("tr/guide/clients.md", "tr", 23),
        document="guide/clients.md",
        excerpts=(
            excerpt(Role.SOURCE, "en/guide/clients.md", "en", 23, "Back up your data every day."),
            excerpt(Role.WITNESS, "de/guide/clients.md", "de", 22, german),
            excerpt(Role.WITNESS, "ko/guide/clients.md", "ko", 23, "매일 데이터를 백업하세요."),
        ),
        why=("Nothing in this version matches it.",),
        evidence={"paragraphs": 1, "rows": [22]},
    )
    hostile = Finding(
        code="TC301",
        name="numbers-differ",
        severity=Severity.NOTE,
        confidence=0.55,
        message=f"A number differs: {HOSTILE}",
        location=location("tr/[red]evil[/]\x1b[31m::error::.md", "tr", 7, HOSTILE, column=3),
        document="[red]evil[/]\x1b[31m.md",
        excerpts=(
            excerpt(Role.TARGET, "tr/[red]evil[/]\x1b[31m::error::.md", "tr", 7, HOSTILE, "red", "gnp.exe"),
            excerpt(Role.WITNESS, "ar/x.md", "ar", 7, "\u202e[/]" + arabic, "الطلب"),
            excerpt(Role.CONTEXT, "tr/x.md", "tr", 8, "First paragraph.\nSecond paragraph.", "paragraph.\nSecond"),
        ),
        why=(HOSTILE, "::error::at the start"),
        evidence={"found": [HOSTILE], "expected": [], "both": None, "certain": False},
    )
    glossary = Finding(
        code="TC403",
        name="glossary-collision",
        severity=Severity.WARNING,
        confidence=1.0,
        message="The glossary gives “client” and “customer” the same Turkish word, “müşteri”.",
        location=location("glossary.yaml", None, 18, "müşteri", column=13),
        concepts=("client", "customer"),
    )
    return collapsed, meaning, missing, hostile, glossary


def _verdicts() -> tuple[GroupVerdict, ...]:
    pair = ("client", "customer")

    def verdict(
        lang: str, kind: Verdict, words: tuple[tuple[Rendering, ...], ...], shared: tuple[str, ...], text: str
    ) -> GroupVerdict:
        uses = tuple(
            ConceptUse(concept, lang, kind, sum(word.rows for word in found) + 1, found, induced=lang == "tr")
            for concept, found in zip(pair, words, strict=True)
        )
        return GroupVerdict(pair, lang, kind, shared, uses, text)

    two_words = ((Rendering("klien", 15),), (Rendering("pelanggan", 9),))
    one_word = ((Rendering("klient", 14), Rendering("program", 1)), (Rendering("klient", 9),))
    mixed = (
        (Rendering("클라이언트", 9), Rendering("고객", 4), Rendering("의뢰인", 1), Rendering("손님", 1)),
        (Rendering("고객", 9),),
    )
    learned = ((Rendering("müşteri", 13),), (Rendering("müşteri", 9),))
    triple = ("bug", "defect", "issue", "ticket")
    issue_words = tuple(
        ConceptUse(concept, "pl", Verdict.DISTINCT, 5, (Rendering(word, 5),))
        for concept, word in zip(triple, ("błąd", "wada", "problem", "zgłoszenie"), strict=True)
    )
    return (
        verdict("de", Verdict.UNKNOWN, ((), ()), (), "Only 2 rows show these concepts; 5 are needed."),
        verdict("id", Verdict.DISTINCT, two_words, (), "The two concepts share no word."),
        verdict("ko", Verdict.MIXED, mixed, (), "“고객” stands for “client” in rows 14, 15, 22 and 31."),
        verdict("pl", Verdict.COLLAPSED, one_word, ("klient",), "“klient” stands for both in 23 of 24 rows."),
        verdict("tr", Verdict.ACKNOWLEDGED, learned, ("müşteri",), "Accepted in the glossary: “[b]one word\x1b[0m”."),
        GroupVerdict(triple, "pl", Verdict.DISTINCT, (), issue_words, "Each concept has a word of its own."),
    )


def sample_result() -> RunResult:
    """Five findings in three files and the glossary, of every severity, with all that surrounds them."""
    findings = with_fingerprints(_findings())
    known = with_fingerprints(
        Finding("TC102", "paragraph-extra", Severity.NOTE, 0.6, f"Paragraph {number} is extra.", place)
        for number, place in enumerate(
            (location("pl/guide/clients.md", "pl", 5), location("ko/guide/clients.md", "ko", 6), location("a", "pl", 7))
        )
    )
    guide = "guide/clients.md"
    return RunResult(
        findings=findings,
        suppressed=(
            Suppressed(known[0], "in the baseline"),
            Suppressed(known[1], "in the baseline"),
            Suppressed(known[2], "ignored in the text: agreed with [red]the author\x1b[0m"),
        ),
        skipped=(
            Skipped("pl/broken.md", "not UTF-8: byte 0xff at line 3"),
            Skipped("tr/link\x1b[31m.md", "symbolic link that leaves the folder"),
        ),
        sets=(
            SetSummary(
                guide,
                "en",
                63,
                (
                    VersionSummary("ar", f"ar/{guide}", 60, 0.95),
                    VersionSummary("en", f"en/{guide}", 63, 1.0),
                    VersionSummary("id", f"id/{guide}", 61, 0.03, excluded=True),
                    VersionSummary("ko", f"ko/{guide}", 63, 0.9999),
                    VersionSummary("pl", f"pl/{guide}", 1063, 1.0),
                    VersionSummary("pt-BR", f"pt-br/a/rather/long/folder/name/for/{guide}", 62, 0.98),
                    VersionSummary("tr", f"tr/{guide}", 62, 0.98),
                ),
                ("de", "zh-Hans"),
            ),
            SetSummary(
                "[red]evil[/]\x1b[31m.md",
                None,
                1,
                (
                    VersionSummary("ar", "ar/x.md", 1, 1.0),
                    VersionSummary("tr", "tr/[red]evil[/]\x1b[31m::error::.md", 1, 1.0),
                ),
            ),
        ),
        verdicts=_verdicts(),
        model="bundled:multilingual-e5-small",
    )
