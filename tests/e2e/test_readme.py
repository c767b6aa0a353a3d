# SPDX-License-Identifier: Apache-2.0
"""The story that README tells for the command line goes as it stands there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable

from tests.e2e.conftest import REPOSITORY

STORY = re.search(r"```sh\n(egov-flow deploy .*?)```", (REPOSITORY / "README.md").read_text("utf-8"), re.DOTALL)[1].splitlines()
PRINTED = {"start": "NUMBER", "tasks": "TASK", "incidents": "INCIDENT"}


def test_the_commands_of_the_readme_bring_a_case_from_its_start_past_an_incident(cli: Callable) -> None:
    known: dict[str, str] = {}
    for line in STORY:
        word, *rest = (known.get(part, part) for part in shlex.split(line, comments=True)[1:])
        said = cli(word, *(REPOSITORY / part if part.startswith("processes/") else part for part in rest)).out
        if word in PRINTED:
            known[PRINTED[word]] = said.partition(":")[0] if word == "start" else said.split()[-1]

    assert set(known) == set(PRINTED.values())
    assert said.startswith(f"{known['NUMBER']}: running, waits at ")
