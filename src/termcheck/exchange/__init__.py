"""Glossaries in the formats of other tools: reading them, writing them, and saying what did not fit."""
