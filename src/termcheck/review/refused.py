"""What the app cannot do, told to whoever asked for it."""

from __future__ import annotations


class RefusedError(Exception):
    """A request that is not carried out. ``message`` is for the person who made it.

    ``status`` is the answer's: 400 for what no page of ours sends, 404 for what is not there, 409 when something was
    changed meanwhile, 422 for what cannot be done, 500 for what could not be saved. ``hint`` may be empty.
    """

    def __init__(self, status: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.hint = hint
