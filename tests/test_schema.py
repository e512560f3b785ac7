from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from termcheck.schema import load_schema

NAMES = ["config.v1", "glossary.v1"]


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_is_a_valid_published_schema(name: str) -> None:
    schema = load_schema(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"].startswith("urn:termcheck:schema:")
    assert schema["title"]


def _properties(part: Any) -> list[tuple[str, dict[str, Any]]]:
    if isinstance(part, list):
        return [found for item in part for found in _properties(item)]
    if not isinstance(part, dict):
        return []
    own = part.get("properties")
    found = list(own.items()) if isinstance(own, dict) else []
    return found + [each for value in part.values() for each in _properties(value)]


@pytest.mark.parametrize("name", NAMES)
def test_every_key_has_a_title(name: str) -> None:
    properties = _properties(load_schema(name))
    assert properties
    assert [key for key, value in properties if "title" not in value and "$ref" not in value] == []
