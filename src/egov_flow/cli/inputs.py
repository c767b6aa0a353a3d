# SPDX-License-Identifier: Apache-2.0
"""What people type or keep in files: data, answers of handlers, procedures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from egov_flow.cli.settings import Settings
from egov_flow.data import EMPTY, Context, freeze
from egov_flow.errors import InvalidData

__all__ = ["meanings", "parse_data", "read_answers", "read_data", "read_lines", "read_pair", "read_stores", "read_text"]

LARGEST = 4_000_000


def read_data(context: click.Context, parameter: click.Parameter, value: str | None) -> Context | None:
    """Return the variables that an option gives: a JSON object as text, the path of a JSON file, or `-` for stdin; a click callback.

    Raises:
        InvalidData: it is no JSON object, or holds what no case can hold.
        click.BadParameter: it is neither JSON nor a file.
    """
    if value is None:
        return None
    if value.lstrip().startswith(("{", "[")):
        return parse_data(value, f"--{parameter.name}")
    if value != "-" and not Path(value).is_file():
        raise click.BadParameter(context.ensure_object(Settings).say("EF-L019", what=value[:200]), context, parameter)
    with click.open_file(value, "rb") as stream:
        return parse_data(stream.read(LARGEST + 1), value)


def read_text(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Return a text that says something; a click callback, and a usage error for blanks."""
    if not value.strip():
        raise click.BadParameter(context.ensure_object(Settings).say("EF-L027"), context, parameter)
    return value


def read_lines(file: str) -> str:
    """Return the text of a file of moves.

    Raises:
        InvalidData: it is too long, or not UTF-8.
    """
    with Path(file).open("rb") as stream:
        read = stream.read(LARGEST + 1)
    if len(read) > LARGEST:
        raise InvalidData("EF-L051", file=file, problem=f"> {LARGEST}")
    try:
        return read.decode()
    except UnicodeDecodeError as wrong:
        raise InvalidData("EF-L051", file=file, problem=type(wrong).__name__) from None


def read_answers(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, Context]:
    """Return what handlers answer, by their names: each value is `name={"variable": 1}`; a click callback.

    Raises:
        InvalidData: an answer is no JSON object, or holds what no case can hold.
        click.BadParameter: a value names no handler.
    """
    return {name: parse_data(answer, name) if answer.strip() else EMPTY for name, answer in _named(context, parameter, values)}


def read_stores(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, list[Context]]:
    """Return what data stores hold, by their names: each value is `name={"variable": 1}` and adds to it, `name=` adds nothing; a click callback.

    Raises:
        InvalidData: what one holds is no JSON object, or what no case can hold.
        click.BadParameter: a value names no store.
    """
    stores: dict[str, list[Context]] = {}
    for name, row in _named(context, parameter, values):
        stores.setdefault(name, []).extend([parse_data(row, name)] if row.strip() else [])
    return stores


def _named(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for value in values:
        name, separator, text = value.partition("=")
        if not separator or not name:
            raise click.BadParameter(context.ensure_object(Settings).say("EF-L025"), context, parameter)
        yield name, text


def read_pair(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, str] | None:
    """Return the name and the value of `NAME=VALUE`; a click callback, and a usage error for anything else."""
    if value is None:
        return None
    name, separator, text = value.partition("=")
    if not separator or not name.strip():
        raise click.BadParameter(context.ensure_object(Settings).say("EF-L037"), context, parameter)
    return name.strip(), text


def meanings(text: str) -> list[object]:
    """Return what a value that is typed without quotes may mean: the text itself, and the JSON value that it spells, if it does."""
    try:
        read = parse_data(f'{{"value": {text}}}', "value")
    except InvalidData:
        return [text]
    return [text, read["value"]] if set(read) == {"value"} else [text]


def parse_data(source: str | bytes, what: str) -> Context:
    """Return the variables in a JSON object.

    Args:
        what: where it comes from, for the error.

    Raises:
        InvalidData: it is too long, no JSON, no object, says a name twice, or holds what no case can hold; the text never shows its values.
    """
    if len(source) > LARGEST:
        raise InvalidData("EF-L005", what=what, problem=f"> {LARGEST}")
    try:
        read = json.loads(source, parse_float=Decimal, parse_int=Decimal, object_pairs_hook=_once)
    except json.JSONDecodeError as wrong:
        raise InvalidData("EF-L006", what=what, line=wrong.lineno, column=wrong.colno) from None
    except (UnicodeDecodeError, RecursionError) as wrong:
        raise InvalidData("EF-L005", what=what, problem=type(wrong).__name__) from None
    if not isinstance(read, dict):
        raise InvalidData("EF-L007", what=what)
    frozen: Context = freeze(read)
    return frozen


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise InvalidData("EF-L008", name=next(n for n in names if names.count(n) > 1)[:60])
    return found
