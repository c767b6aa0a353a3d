# SPDX-License-Identifier: Apache-2.0
"""The order of rooms holds: the contracts stand in pyproject.toml."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def test_every_room_imports_only_what_stands_before_it():
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--config", str(REPOSITORY / "pyproject.toml")]
    run = subprocess.run(command, cwd=REPOSITORY, env=dict(os.environ, NO_COLOR="1"), capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout[-6000:] + run.stderr
    assert " 0 broken" in run.stdout
