"""Errors of a run. Problems in the *content* are findings, never exceptions."""

from __future__ import annotations


class TermcheckError(Exception):
    """Something stops the run: usage, configuration, input or output.

    ``message`` says what is wrong and where, ``hint`` what to do about it (may be empty). The command line
    prints both without a traceback and exits with 2.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ConfigError(TermcheckError):
    """The configuration cannot be used."""


class GlossaryError(TermcheckError):
    """The glossary cannot be used."""


class InputError(TermcheckError):
    """A path given by the user cannot be used."""


class ModelError(TermcheckError):
    """The embedding model cannot be loaded or used."""


class OutputError(TermcheckError):
    """A result cannot be written."""


class EditError(TermcheckError):
    """A changed text cannot be written into its file."""


class NothingToCheckError(TermcheckError):
    """No document with at least two language versions was found (exit code 3)."""
