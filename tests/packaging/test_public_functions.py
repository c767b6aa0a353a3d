# SPDX-License-Identifier: Apache-2.0
"""Every public function works, twice, after every room was imported: no room hides one of its name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path

import pytest

import egov_flow as ef

REPOSITORY = Path(__file__).resolve().parents[2]
LANES = str(REPOSITORY / "tests" / "fixtures" / "bpmn" / "lanes.bpmn")
FOI = REPOSITORY / "processes" / "indonesia" / "foi_request"


@pytest.fixture(scope="module", autouse=True)
def _every_room() -> None:
    """Import everything that the package holds, save what needs pytest's own machinery or a main program."""
    for module in pkgutil.walk_packages(ef.__path__, "egov_flow."):
        if not module.name.endswith(("__main__", "pytest_plugin")):
            importlib.import_module(module.name)


def _recording() -> object:
    with ef.Agency.open("memory:") as agency:
        agency.deploy(LANES)
        case = agency.start("lanes", by=ef.Actor("citizen:17"))
        return agency.recording(case.id, by=ef.SYSTEM)


CALLS: dict[str, Callable[[], object]] = {
    "check": lambda: ef.check(LANES),
    "diagram": lambda: ef.diagram(ef.Procedure.read(LANES)).svg,
    "diff": lambda: ef.diff(ef.Procedure.read(LANES), ef.Procedure.read(str(FOI))).text(),
    "feel.compile": lambda: ef.feel.compile("a + 0.2 = 0.3").text,
    "feel.evaluate": lambda: ef.feel.evaluate("a + 0.2 = 0.3", {"a": 0.1}),
    "prove": lambda: ef.prove(ef.Procedure.read(LANES)).sound,
    "replay": lambda: ef.replay(_recording(), ef.Procedure.read(LANES)).outcome,  # type: ignore[arg-type]
    "Redesign.apply": lambda: (
        ef.Redesign.read(str(FOI / "redesigns" / "parallel_checks.yaml")).apply(ef.Procedure.read(str(FOI))).proof.sound
    ),
}


@pytest.mark.parametrize("name", sorted(CALLS))
def test_a_public_function_survives_being_called_twice(name: str) -> None:
    first, second = CALLS[name](), CALLS[name]()
    assert first == second
    assert first is not None


def test_the_results_are_those_of_the_readme() -> None:
    assert CALLS["feel.evaluate"]() is True
    assert CALLS["replay"]() == "same state"
    assert CALLS["prove"]() is True
    assert CALLS["check"]() == []


def test_every_public_function_is_called_here() -> None:
    functions = {name for name in ef.__all__ if callable(getattr(ef, name)) and not isinstance(getattr(ef, name), type)}
    assert functions <= {name.partition(".")[0] for name in CALLS}
