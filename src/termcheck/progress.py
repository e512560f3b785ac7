"""How far a run is: what the stages tell, and who may listen."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Hears how far a run is."""

    def stage(self, name: str, total: int) -> None:
        """A new stage begins; it has ``total`` steps."""

    def advance(self, steps: int = 1) -> None:
        """So many further steps are done."""

    def note(self, topic: str, text: str) -> None:
        """A fact about the run that a report does not show."""


class NoProgress:
    """Hears nothing."""

    def stage(self, name: str, total: int) -> None:
        pass

    def advance(self, steps: int = 1) -> None:
        pass

    def note(self, topic: str, text: str) -> None:
        pass
