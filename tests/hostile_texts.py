"""Texts that try to act on what shows a report, and findings made of them."""

from __future__ import annotations

import dataclasses

from hypothesis import strategies as st

from sample_result import HOSTILE, sample_result
from termcheck.model import Finding, RunResult, Severity, Suppressed

HOSTILE_TEXTS = (
    HOSTILE,
    "::error::pwned",
    "x\n::error::pwned",
    "x\r::add-mask::pwned\r\n::stop-commands::x",
    "%0A::error::pwned %0D%0A ::warning::x",
    "\u2028::set-output name=a::b\u2029::error::\x85::error::",
    "##[error]pwned ##vso[task.setvariable variable=a]b ##[add-mask]x",
    "<img src=x onerror=alert(1)><script>alert(1)</script></details></summary><!-- -->",
    "[link](https://evil.example) ![image](//evil.example/x.png) <https://evil.example> https://evil.example",
    "www.evil.example mailto:a@evil.example user@evil.example ftp://evil.example",
    "@user @org/team #123 GH-12 org/repo#3 !45 ~bug %1.0 $3 &2 [issue:12] 1a2b3c4d5e6f 😀 :rocket:",
    "/close\n/merge",
    "| a | b |\n|---|---|\n# heading\n- list\n1. list\n> quote\n```\ncode\n```\n    code\n---\n===",
    "**bold** __bold__ *a* _b_ ~~gone~~ `code` $x^2$ [^1] \\* &lt;b&gt; &#60;b&#62;",
    "]]></failure><failure>&xxe; <!DOCTYPE x> \x00\x0b\ufffe\ud800",
    "\u202ereversed\u202c \u2066isolated\u2069 \x1b[31mred\x1b]0;title\x07",
    "{0} [a](1) {{b}} \\[c\\]",
    "",
    " ",
)

fragments = st.sampled_from(
    ["::", ":", "error", "add-mask ", "##[", "##vso[", "%0A", "%", "\r", "\n", "\u2028", "\x85", ",", " ", "title=x"]
)
hostile_text = st.lists(fragments | st.text(max_size=6), max_size=12).map("".join)


def with_text(text: str, path: str | None = None) -> RunResult:
    """The sample result with the text in place of everything in it that the corpus, or the glossary, has a say in."""
    result = sample_result()

    def changed(finding: Finding) -> Finding:
        place = dataclasses.replace(finding.location, path=path or finding.location.path)
        excerpts = tuple(dataclasses.replace(excerpt, text=text, marks=()) for excerpt in finding.excerpts)
        return dataclasses.replace(
            finding, message=text, location=place, excerpts=excerpts, why=(text,), document=text or finding.document
        )

    return dataclasses.replace(
        result,
        findings=tuple(changed(finding) for finding in result.findings),
        suppressed=tuple(Suppressed(changed(item.finding), f"ignored: {text}") for item in result.suppressed),
        skipped=tuple(dataclasses.replace(item, reason=text) for item in result.skipped),
    )


def many(count: int, severity: Severity = Severity.ERROR) -> RunResult:
    """As many findings of one severity, each with a fingerprint and a line of its own."""
    first = sample_result().findings[0]
    return RunResult(
        tuple(
            dataclasses.replace(
                first,
                severity=severity,
                message=f"Finding {number}.",
                fingerprint=f"{number:016x}",
                location=dataclasses.replace(first.location, start=first.location.start._replace(line=number + 1)),
            )
            for number in range(count)
        )
    )
