"""reStructuredText to a tree of docutils, with the directives of Sphinx, without anything that reaches out of the file.

Files are not included, roles and directives are not defined, nothing depends on the time or on the machine, and no
global register of docutils is changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes, statemachine, utils
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Directive, Parser, directives, states

from termcheck.corpus.readers.rst_inline import PlacingInliner

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Directives of Sphinx and its extensions whose content is text of the page.
_CONTENT = frozenset(
    [
        *("only", "hlist", "glossary", "tab-set", "tabs", "grid", "margin", "aside", "div", "card-carousel"),
        *("rst-class", "currentmodule", "ifconfig", "details", "toggle", "collapse", "button-link"),
        *("todo", "versionnote", "deprecated-removed"),
    ]
)
# ... and whose argument is, too.
_TITLED = frozenset(
    [
        *("seealso", "centered", "tab", "tab-item", "group-tab", "grid-item", "grid-item-card", "card", "dropdown"),
        *("rubric", "versionadded", "versionchanged", "deprecated", "versionremoved", "admonition"),
        *("topic", "sidebar"),
    ]
)
# Descriptions of objects, in any domain: the signature is code.
_OBJECTS = frozenset(
    [
        *("function", "class", "method", "classmethod", "staticmethod", "attribute", "property", "data", "exception"),
        *("decorator", "decoratormethod", "type", "struct", "union", "enum", "enumerator", "member", "var", "macro"),
        *("option", "cmdoption", "envvar", "confval", "setting", "describe", "object", "directive", "role"),
        *("namespace", "concept", "label", "program", "opcode", "pdbcommand", "2to3fixer", "audit-event"),
        *("impl-detail", "availability"),
    ]
)
# Of docutils, what only gathers text, tables and pictures.
_OWN = frozenset(
    [
        *("attention", "caution", "danger", "error", "hint", "important", "note", "tip", "warning", "image"),
        *("figure", "table", "list-table", "epigraph", "highlights", "pull-quote", "compound", "container"),
        *("line-block", "replace"),
    ]
)


# Of docutils, Sphinx and widespread extensions, what is code, is made by a program, or says nothing.
_CODE = frozenset(
    [
        *("class", "code", "contents", "date", "default-role", "include", "math", "meta", "parsed-literal", "raw"),
        *("role", "sectnum", "sourcecode", "target-notes", "title", "unicode"),
        *("acks", "code-block", "codeauthor", "default-domain", "digraph", "graph", "graphviz", "highlight", "index"),
        *("inheritance-diagram", "literalinclude", "module", "moduleauthor", "productionlist", "sectionauthor"),
        *("tabularcolumns", "toctree", "doctest", "testcleanup", "testcode", "testoutput", "testsetup", "linenos"),
        *("argparse", "bibliography", "click", "command-output", "exec", "ipython", "jupyter-execute", "mermaid"),
        *("plantuml", "plot", "program-output", "prompt", "typer", "uml", "video", "youtube"),
    ]
)
_GENERATED = re.compile(r"(?:[\w-]+:)?(?:auto|doxygen|breathe)\w*")


class Unknown(nodes.Invisible, nodes.Element):  # type: ignore[misc]
    """Stands for a directive that this reader does not know and that has content; ``line`` is counted from 1."""


class _AnyOptions(dict[str, Any]):
    """Takes every option as it is."""

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, name: str) -> Callable[[str | None], str]:
        return lambda value: value or ""


class _Left(Directive):  # type: ignore[misc]
    """A directive whose content is no text."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = _AnyOptions()

    def run(self) -> list[nodes.Node]:
        return []


class _Unknown(_Left):
    """A directive of which nobody here knows whether its content is text, so it is left out and said."""

    def run(self) -> list[nodes.Node]:
        if not self.content:
            return []
        found = Unknown(name=self.name)
        found.line = self.lineno
        return [found]


class _Content(_Left):
    """A directive whose content is text of the page."""

    def run(self) -> list[nodes.Node]:
        container = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, container)
        return [container]


class _Titled(_Content):
    """A directive whose content and argument are text of the page."""

    def run(self) -> list[nodes.Node]:
        found = super().run()
        if self.arguments:
            texts, _ = self.state.inline_text(self.arguments[0], self.lineno)
            found.insert(0, nodes.paragraph("", "", *texts))
        return found


def _kind(name: str) -> type[Directive] | None:
    """The class for a directive, by its lower-case name; None for those of docutils."""
    if name in _TITLED:
        return _Titled
    if name in _CONTENT or name.rpartition(":")[2] in _OBJECTS:
        return _Content
    if name in _OWN:
        return None
    is_known = name.rpartition(":")[2] in _CODE or _GENERATED.fullmatch(name)
    return _Left if is_known else _Unknown


def _run_directive(state: Any, match: re.Match[str], **presets: Any) -> Any:
    name = match[1].lower()
    found = _kind(name)
    if found is None:
        found, _ = directives.directive(name, state.memo.language, state.document)
    return state.run_directive(found or _Left, match, name, presets)


class _Placing:
    """Mixed into the states of docutils' parser, so that nested parsers are of the same kind."""

    nested_sm_cache: ClassVar[list[Any]] = []
    explicit = states.Struct(
        patterns=states.Body.explicit.patterns,
        # docutils notes its functions here, not their names.
        constructs=[
            (_run_directive if construct is states.Body.directive else construct, pattern)
            for construct, pattern in states.Body.explicit.constructs
        ],
    )

    def __init__(self, state_machine: Any, debug: bool = False) -> None:
        super().__init__(state_machine, debug)  # type: ignore[call-arg]
        self.nested_sm_kwargs = {"state_classes": STATES, "initial_state": "Body"}

    def directive(self, match: re.Match[str], **presets: Any) -> Any:
        return _run_directive(self, match, **presets)

    def term(self, lines: list[str], lineno: int) -> Any:
        """A term without its classifiers."""
        state: Any = self
        texts, messages = state.inline_text(state.classifier_delimiter.split(lines[0])[0].rstrip(), lineno)
        return [nodes.term("", "", *texts)], messages

    def comment(self, match: re.Match[str]) -> Any:
        line = self.state_machine.abs_line_number()  # type: ignore[attr-defined]
        found, blank_finish = super().comment(match)  # type: ignore[misc]
        for node in found:
            node.line = line
        return found, blank_finish


STATES = tuple(type(state.__name__, (_Placing, state), {}) for state in states.state_classes)


def parse(lines: Sequence[str]) -> nodes.document:
    """The tree of a file, given as lines without line breaks, tabs and trailing white space."""
    document = _empty_document()
    machine = states.RSTStateMachine(state_classes=STATES, initial_state="Body")
    machine.run(statemachine.StringList(list(lines), source=""), document, inliner=PlacingInliner())
    return document


def _empty_document() -> nodes.document:
    settings = get_default_settings(Parser)
    settings.report_level = settings.halt_level = 5
    settings.file_insertion_enabled = settings.raw_enabled = False
    settings.warning_stream = False
    settings.line_length_limit = 2**31
    return utils.new_document("", settings)
