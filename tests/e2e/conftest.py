# SPDX-License-Identifier: Apache-2.0
"""The command line in an empty folder, with a clock that stands still and nobody's environment."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import attrs
import click.testing
import pytest

from egov_flow.cli import main

REPOSITORY = Path(__file__).resolve().parents[2]
PERMIT = REPOSITORY / "tests/fixtures/agency/permit.bpmn"
FOI = REPOSITORY / "processes/indonesia/foi_request"
CLOCK = ("--clock", "2026-01-05T09:00+07:00")
CLERK = ("--as", "officer:1", "--role", "clerk")


@attrs.frozen
class Answer:
    """What a command printed."""

    out: str
    err: str

    @property
    def document(self):
        """Stdout, which must be one JSON document."""
        return json.loads(self.out)


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Call a command; fails unless its exit code is the expected one."""
    for name in ("DB", "AS", "ROLES", "TENANT", "LANG", "DIRECTORY"):
        monkeypatch.delenv(f"EGOV_FLOW_{name}", raising=False)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object, exit_code: int = 0, stdin: str | None = None) -> Answer:
        result = click.testing.CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)
        assert result.exit_code == exit_code, result.output
        assert "Traceback" not in result.output
        return Answer(result.stdout, result.stderr)

    return call


@pytest.fixture
def permit(cli: Callable[..., Answer]) -> Path:
    """A copy of the permit procedure in the folder."""
    file = Path("permit.bpmn")
    file.write_bytes(PERMIT.read_bytes())
    return file


@pytest.fixture
def office(cli: Callable[..., Answer], permit: Path) -> Callable[..., Answer]:
    """The command line, with a database in which the permit procedure is deployed and one case waits at Decide."""
    cli("deploy", permit, *CLOCK)
    cli(
        "start",
        "permit",
        "--as",
        "citizen:17",
        "--data",
        '{"street": "Canal 5"}',
        "--handler",
        'register.lookup={"resident": true}',
        *CLOCK,
    )
    return cli


@pytest.fixture
def contents() -> Callable[[], list[str]]:
    """Everything that the database holds, as SQL."""

    def dump() -> list[str]:
        database = sqlite3.connect("egov-flow.db")
        try:
            return list(database.iterdump())
        finally:
            database.close()

    return dump


@pytest.fixture
def task(office: Callable[..., Answer]) -> str:
    """The id of the open task."""
    return office("tasks", "--as", "system", "--json").document["tasks"][0]["id"]
