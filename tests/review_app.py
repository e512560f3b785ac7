"""The review app on a small corpus, without a model and without a server."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from review_client import visitor
from small_corpus import make_encoder, write
from termcheck.cache import MemoryCache
from termcheck.config import load_config
from termcheck.corpus.target import find_target
from termcheck.meaning.centres import Centres
from termcheck.pipeline import Checker
from termcheck.progress import NoProgress
from termcheck.review.app import make_app
from termcheck.review.state import Review

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from starlette.testclient import TestClient

DECISIONS = "termcheck-decisions.yaml"

TEXTS = {
    "en/story.md": """# Gardeners water flowers

Gardeners water 12 flowers every morning.

Bakers bake 30 bread before sunrise.

Sailors mend **torn** white sails.
""",
    "pl/story.md": """# Ogrodnicy podlewają kwiaty

Ogrodnicy podlewają 13 kwiaty każdego ranka.

Piekarze pieką 31 chleb przed świtem.

Żeglarze naprawiają **podarte** białe żagle.
""",
}


def open_review(root: Path, files: Mapping[str, str | bytes] = TEXTS, who: str = "Ana", **settings: object) -> Review:
    """The review of a corpus with these files, which has not been there before."""
    if files:
        write(root, files)
    target = find_target([str(root)])
    config = load_config(target.root, None, settings)
    target = target.based_at(config.file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("termcheck.meaning.models.choose_centres", lambda *_args: Centres())
        patch.setattr("termcheck.meaning.models.choose_detector", lambda *_args: None)
        checker = Checker(target, config, MemoryCache(), encoder=make_encoder())
    return Review(checker, target, config, checker.check(NoProgress()), who=who)


class Window:
    """A window of the app: what its page would send, and what it gets."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.data = self.get("data")

    def get(self, name: str) -> Any:
        return self.client.get(f"/api/{name}").json()

    def post(self, name: str, expected: int = 200, **asked: object) -> Any:
        # As browsers write it: half a character is a legal string of theirs.
        headers = {"content-type": "application/json"}
        answer = self.client.post(f"/api/{name}", content=json.dumps(asked), headers=headers)
        assert answer.status_code == expected, answer.text
        return answer.json()

    def decide(self, *ids: str, kind: str = "false-alarm", reason: str = "", expected: int = 200) -> Any:
        """Decide about findings, knowing what others decided."""
        known = self.get("state")["decisions"]
        choices = [{"id": each, "kind": kind, "reason": reason, "seen": known.get(each)} for each in ids]
        return self.post("decide", expected, choices=choices)

    def ids(self, code: str = "") -> list[str]:
        return [each["id"] for each in self.data["findings"] if each["code"].startswith(code)]

    def place(self, row: int, lang: str = "pl", document: int = 0) -> dict[str, Any]:
        return {"data": self.data["revision"], "document": document, "row": row, "lang": lang}

    def reload(self) -> None:
        self.data = self.get("data")


@contextmanager
def window(review: Review) -> Iterator[Window]:
    with visitor(make_app(review)) as client:
        yield Window(client)
