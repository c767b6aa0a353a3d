# SPDX-License-Identifier: Apache-2.0
"""`import egov_flow` is cheap: a heavy library is imported where it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = [
    "sqlalchemy",
    "lxml",
    "ruamel",
    "rich",
    "click",
    "jsonschema",
    "cryptography",
    "SpiffWorkflow",
    "holidays",
    "re2",
    "pytest",
    "alembic",
]


def _loaded_by(statement: str) -> set[str]:
    show = "import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    run = subprocess.run([sys.executable, "-c", f"{statement}; {show}"], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_importing_egov_flow_loads_no_heavy_library():
    assert set() == _loaded_by("import egov_flow") & set(HEAVY)


@pytest.mark.parametrize("room", ["values", "ports", "kernel", "feel"])
def test_the_pure_rooms_load_no_heavy_library(room):
    assert set() == _loaded_by(f"import egov_flow.{room}") & set(HEAVY) - {"re2"}
