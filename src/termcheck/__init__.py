"""termcheck: a translation consistency checker for multilingual content."""

__version__ = "0.1.0"
