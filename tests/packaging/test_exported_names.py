# SPDX-License-Identifier: Apache-2.0
"""The public names: few, sorted, all there, and never hidden by a room of the same name."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
import types

import pytest

import egov_flow as ef

MOST = 25


def _rooms() -> list[str]:
    return [room.name for room in pkgutil.iter_modules(ef.__path__) if not room.name.startswith("_")]


def test_the_public_names_are_few_and_sorted():
    constants = [name for name in ef.__all__ if name.isupper()]
    classes = [name for name in ef.__all__ if name[0].isupper() and not name.isupper()]
    functions = [name for name in ef.__all__ if name.islower()]

    assert len(ef.__all__) <= MOST
    assert ef.__all__ == sorted(constants) + sorted(classes) + sorted(functions)
    assert set(ef.__all__) <= set(dir(ef))


@pytest.mark.parametrize("name", ef.__all__)
def test_a_public_name_is_there(name):
    assert getattr(ef, name) is getattr(ef, name)


@pytest.mark.parametrize("name", ["Agencies", "Change", "_nothing"])
def test_a_name_that_is_not_public_is_no_attribute(name):
    with pytest.raises(AttributeError, match=name):
        getattr(ef, name)


def test_the_version_is_that_of_the_distribution():
    assert importlib.metadata.version("egov-flow") == ef.__version__


def test_importing_every_room_hides_no_public_function():
    script = "\n".join(
        [
            "import egov_flow as ef, importlib, types",
            *(f"importlib.import_module('egov_flow.{room}')" for room in _rooms()),
            "names = [n for n in ef.__all__ if n not in ('feel', 'testing')]",
            "print(*(n for n in names if isinstance(getattr(ef, n), types.ModuleType)))",
        ]
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == ""


def test_only_feel_and_testing_are_public_rooms():
    assert {"feel", "testing"} == {name for name in ef.__all__ if isinstance(getattr(ef, name), types.ModuleType)}
    assert {"feel", "testing"} == set(ef.__all__) & set(_rooms())


@pytest.mark.parametrize("room", _rooms())
def test_a_room_lists_what_others_may_import(room):
    module = importlib.import_module(f"egov_flow.{room}")

    assert len(set(module.__all__)) == len(module.__all__)
    assert [name for name in module.__all__ if not hasattr(module, name)] == []
