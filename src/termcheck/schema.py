"""Checks data against one of the packaged JSON Schemas and says in plain words what is wrong."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Any

from termcheck.positioned import MAX_REPORTED, Mistake, quoted, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema.exceptions import ValidationError

    from termcheck.positioned import DataPath, Positioned

_TYPES = {
    "string": "text",
    "array": "a list",
    "object": "a mapping",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "empty",
}


@cache
def load_schema(name: str) -> dict[str, Any]:
    """The packaged schema of that name, such as ``glossary.v1``, as published. Do not change what is returned."""
    text = files("termcheck.schemas").joinpath(f"{name}.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def validate(source: Positioned, name: str) -> list[Mistake]:
    """What in ``source`` does not fit the schema: the first mistakes in no particular order, none when it is valid."""
    import jsonschema  # Takes as long to import as all the rest of the configuration.

    validator = jsonschema.Draft202012Validator(_without_references(name))
    found = (mistake for error in validator.iter_errors(source.data) for mistake in _explain(source, error))
    return list(islice(found, 2 * MAX_REPORTED))


@cache
def _without_references(name: str) -> dict[str, Any]:
    """The schema with each ``$ref`` replaced by what it names: jsonschema is twice as fast without them."""
    definitions = load_schema(name).get("$defs", {})

    def expand(part: Any) -> Any:
        if isinstance(part, list):
            return [expand(item) for item in part]
        if not isinstance(part, dict):
            return part
        named = definitions[part["$ref"].rpartition("/")[2]] if "$ref" in part else {}
        return {key: expand(value) for key, value in {**named, **part}.items() if key not in ("$ref", "$defs")}

    expanded: dict[str, Any] = expand(load_schema(name))
    return expanded


def _explain(source: Positioned, error: ValidationError) -> Iterator[Mistake]:
    path: DataPath = tuple(error.absolute_path)
    schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    limit: Any = error.validator_value
    value: Any = error.instance
    match error.validator:
        case "additionalProperties":
            yield from _unknown_keys(source, path, value, list(schema.get("properties", {})))
        case "required":
            # One error for each missing key; its message starts with the key.
            key = next(key for key in limit if error.message.startswith(repr(key)))
            message = f"the key {quoted(key)} is missing{_inside(path)}"
            yield Mistake(source.at(path), message, _example(schema, key), path)
        case "type":
            yield _wrong_type(source, path, value, [limit] if isinstance(limit, str) else limit)
        case "pattern":
            reason = schema.get("x-pattern-meaning", "is not written as expected")
            if _is_key(source, path, value):
                path = (*path, value)
                yield Mistake(source.key_at(path), f"the key {quoted(value)}{_inside(path[:-1])} {reason}", "", path)
            else:
                what = f"{_name(path)}: {quoted(value)} {reason}" if value.strip() else f"{_name(path)} is empty"
                yield Mistake(source.at(path), what, "", path)
        case rule:
            yield _wrong_value(source, path, value, str(rule), limit)


def _unknown_keys(source: Positioned, path: DataPath, value: dict[str, Any], known: list[str]) -> Iterator[Mistake]:
    for key in value:
        if key not in known:
            hint = suggestion(key, known) or f"the known keys are {', '.join(known)}"
            where = (*path, key)
            yield Mistake(source.key_at(where), f"unknown key {quoted(key)}{_inside(path)}", hint, where)


def _wrong_type(source: Positioned, path: DataPath, value: object, wanted: list[str]) -> Mistake:
    hint = ""
    if "string" in wanted and isinstance(value, bool | int | float):
        hint = "put it in quotes"
    elif wanted == ["array"] and isinstance(value, str):
        hint = f"write [{value}]" if len(value) < 40 and value.isprintable() else "write it in [ ]"
    message = f"{_name(path)} must be {_any_of([_TYPES[kind] for kind in wanted])}, not {_kind(value)}"
    return Mistake(source.at(path), message, hint, path)


def _wrong_value(source: Positioned, path: DataPath, value: object, rule: str, limit: Any) -> Mistake:
    hint = ""
    match rule:
        case "enum":
            choices = [str(choice) for choice in limit]
            message = f"must be {_any_of(choices)}, not {quoted(value)}"
            hint = suggestion(str(value), choices)
        case "const":
            message = f"must be {limit}, not {quoted(value)}"
        case "minimum":
            message = f"must be at least {limit}, not {quoted(value)}"
        case "minItems" | "minLength":
            message = "is empty" if limit == 1 else f"needs at least {limit} items"
        case "maxLength":
            message = f"is longer than {limit} characters"
        case _:
            message = f"does not fit the schema ({rule})"
    return Mistake(source.at(path), f"{_name(path)} {message}", hint, path)


def _is_key(source: Positioned, path: DataPath, value: object) -> bool:
    """Whether ``value`` is a key of the mapping at ``path`` (from ``propertyNames``), not the value there."""
    data = source.data
    for step in path:
        data = data[step]
    return isinstance(data, dict) and isinstance(value, str)


def _name(path: DataPath) -> str:
    """The value at ``path`` in words: its key, and which item of a list it is."""
    if not path:
        return "the file"
    names = [step for step in path if isinstance(step, str)]
    last = path[-1]
    if isinstance(last, str):
        return quoted(last)
    item = f"item {last + 1}"
    return f"{item} of {quoted(names[-1])}" if names else item


def _inside(path: DataPath) -> str:
    return f" in {_name(path)}" if path else ""


def _example(schema: dict[str, Any], key: str) -> str:
    example = schema.get("properties", {}).get(key, {}).get("examples", [])
    return f"for example {key}: {json.dumps(example[0], ensure_ascii=False)}" if example else ""


def _any_of(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _kind(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {str(value)[:40]}"
    if isinstance(value, str):
        return f"the text {quoted(value)}"
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a mapping"
    return "a date or time"
