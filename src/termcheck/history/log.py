"""When each text of a file was last touched, as the history of the main line tells it.

Only first parents are followed: a merged branch counts at the moment of its merge, which is when its texts became
valid for everyone, and the history is a line on which any two moments can be compared.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from termcheck.corpus.reading import LARGEST
from termcheck.history.comparison import identity
from termcheck.history.earlier import earlier_segments

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from termcheck.corpus.readers.base import ParagraphMode
    from termcheck.history.repository import Repository
    from termcheck.model import Segment

UNCOMMITTED = -1
"""The place in the history of what is on disk only."""

_NO_OBJECT = "0" * 40


class Commit(NamedTuple):
    """A commit's id and the time of its committer, in seconds since 1970."""

    id: str
    time: int


class _Touch(NamedTuple):
    """One commit's change to a file: its place in the history, the contents before and after, the name before."""

    commit: int
    before: str
    after: str
    path: str


@dataclass(frozen=True, slots=True)
class History:
    """The commits that touched files below a folder, newest first, and what they did to each file."""

    commits: tuple[Commit, ...] = ()
    shallow: bool = False
    _touches: Mapping[str, Sequence[_Touch]] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, repository: Repository) -> History:
        """The history of the files below the repository's folder; empty before the first commit."""
        output = repository.run(
            *("log", "--first-parent", "-m", "--raw", "-z", "--no-abbrev", "--find-renames", "--no-textconv"),
            *("--no-ext-diff", "--format=commit %H %ct", "--", "."),
        )
        commits: list[Commit] = []
        touches: dict[str, list[_Touch]] = {}
        fields = iter((output or b"").decode("utf-8", "surrogateescape").split("\0"))
        for item in fields:
            text = item.strip("\n")
            if text.startswith("commit "):
                _, commit, time = text.split(" ")
                commits.append(Commit(commit, int(time)))
            elif text.startswith(":"):
                _, _, before, after, status = text[1:].split(" ")
                old = next(fields, "")
                new = next(fields, "") if status[0] in "RC" else old
                path = new.removeprefix(repository.prefix)
                former = old.removeprefix(repository.prefix)
                touches.setdefault(path, []).append(_Touch(len(commits) - 1, before, after, former))
        return cls(tuple(commits), repository.is_shallow(), touches)

    def last_touched(
        self,
        repository: Repository,
        path: str,
        lang: str,
        segments: Sequence[Segment],
        text_paragraphs: ParagraphMode = "auto",
        max_size: int = LARGEST,
    ) -> tuple[int, ...]:
        """For each segment of a file on disk, the index of the newest commit that wrote it, or ``UNCOMMITTED``.

        Moving a text, other line breaks or white space, and a renamed file do not count.
        """
        keys = [identity(item) for item in segments]
        touched = dict.fromkeys(keys, UNCOMMITTED)
        steps = list(self._steps(path))
        names = [steps[0].after, *(step.before for step in steps)] if steps else []
        waiting = set(keys)
        for place, content in zip(
            [UNCOMMITTED, *(step.commit for step in steps)], repository.read_objects(names), strict=False
        ):
            old = earlier_segments(content, path, lang, text_paragraphs, max_size)
            before = {identity(item) for item in old or ()}
            for key in waiting - before:
                touched[key] = place
            waiting &= before
            if not waiting:
                break
        return tuple(touched[key] for key in keys)

    def _steps(self, path: str) -> Iterator[_Touch]:
        """What happened to the file, newest first, under its former names too, back to when it was made."""
        last = -1
        while True:
            touches = self._touches.get(path, ())
            place = bisect_right(touches, last, key=lambda touch: touch.commit)
            if place == len(touches) or touches[place].after == _NO_OBJECT:
                return
            step = touches[place]
            yield step
            if step.before == _NO_OBJECT:
                return
            path, last = step.path, step.commit
