# SPDX-License-Identifier: Apache-2.0
"""Every command: help with an example, shared options, a place in the documentation."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from egov_flow.cli import main
from egov_flow.cli.program import COMMANDS, FAMILIES
from egov_flow.cli.reference import commands, reference
from egov_flow.cli.settings import Settings

REPOSITORY = Path(__file__).parents[2]
PAGE = REPOSITORY / "docs/reference/cli.md"
NAMES = [name for _, name, _ in commands()]
EXAMPLES = sorted(set(re.findall(r"^egov-flow .*", PAGE.read_text("utf-8"), re.MULTILINE)))
TOP = [name for name in COMMANDS if name in NAMES]


def test_help_lists_every_command_in_its_family(cli: Callable) -> None:
    said = cli("--help").out

    for name, entry in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(entry.about)}$", said, re.MULTILINE), name
    assert [line.rstrip(":") for line in said.splitlines() if line.rstrip(":") in FAMILIES] == list(FAMILIES)


@pytest.mark.parametrize("name", NAMES)
def test_help_of_a_command_has_an_example_and_tells_of_json(name: str, cli: Callable) -> None:
    said = cli(*name.split(), "--help").out

    assert f"egov-flow {name}" in said.partition("Example:")[2]
    assert "--json" in said
    assert "--lang" in said


@pytest.mark.parametrize("name", TOP)
def test_the_list_says_what_the_command_says(name: str) -> None:
    (command,) = [command for _, found, command in commands() if found == name]

    assert (command.help or "").strip().partition("\n")[0] == COMMANDS[name].about


@pytest.mark.parametrize("line", EXAMPLES)
def test_an_example_is_a_call_that_is_understood(line: str, cli: Callable, permit: Path) -> None:
    Path("processes").symlink_to(REPOSITORY / "processes")
    Path("drawings").mkdir()
    for name in ("drawing.bpmn", "moves.txt", "cases.jsonl"):
        Path(name).write_bytes(permit.read_bytes())
    Path("case.json").write_text("{}")

    command: click.Command | None = main
    word, *rest = shlex.split(re.split(r" [<>|] ", line)[0])
    while isinstance(command, click.Group):
        context = click.Context(command, info_name=word)
        word, *rest = rest
        command = command.get_command(context, word)

    assert command is not None
    with command.make_context(word, rest, obj=Settings()) as understood:
        assert understood.command is command


def test_every_parameter_says_what_it_is_for() -> None:
    for _, name, command in commands():
        options = [p for p in command.params if isinstance(p, click.Option)]
        assert [o.name for o in options if not o.help] == [], name


def test_no_two_options_of_a_command_share_a_name() -> None:
    for _, name, command in commands():
        names = [p.name for p in command.params]  # click would put what both are given into one
        assert sorted(set(names)) == sorted(names), name


def test_the_page_on_the_command_line_is_made_from_the_commands() -> None:
    assert PAGE.read_text("utf-8") == reference(), "python -m egov_flow.cli.reference > docs/reference/cli.md"


@pytest.mark.parametrize("name", NAMES)
def test_the_page_tells_of_every_command(name: str) -> None:
    assert f"### {name}\n" in PAGE.read_text("utf-8")


def test_an_unknown_command_is_a_usage_error(cli: Callable) -> None:
    assert "No such command" in cli("dance", exit_code=2).err
