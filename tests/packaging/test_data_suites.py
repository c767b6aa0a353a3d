# SPDX-License-Identifier: Apache-2.0
"""A suite whose public data is missing is skipped aloud, or fails where the data is demanded."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).resolve().parents[1] / "conftest.py"
SUITE = """
import pytest

@pytest.mark.data("cases", files="*.txt")
def test_each_case(data_file):
    assert data_file.read_text() == "right"

@pytest.mark.data("cases")
def test_the_folder(data_folder):
    assert data_folder.name == "cases"
"""


@pytest.fixture
def run(tmp_path):
    """Run the suite above, with these files as data, as `make test` runs ours."""
    shutil.copy(CONFTEST, tmp_path / "conftest.py")
    (tmp_path / "test_suite.py").write_text(SUITE, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = data\n", "utf-8")

    def run(require="", **files):
        for name, text in files.items():
            (tmp_path / "data/cases").mkdir(parents=True, exist_ok=True)
            (tmp_path / f"data/cases/{name}.txt").write_text(text, "utf-8")
        environment = dict(os.environ, EGOV_DATA=str(tmp_path / "data"), EGOV_REQUIRE_DATA=require, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    return run


def test_missing_data_is_skipped_and_named_at_the_end(run):
    result = run()

    assert result.returncode == 0
    assert "2 skipped" in result.stdout
    assert "data suite not run: cases (2 tests; EGOV_REQUIRE_DATA=1 makes this a failure)" in result.stdout


def test_missing_data_fails_where_it_is_demanded(run):
    result = run(require="1")

    assert result.returncode == 1
    assert "no folder cases in EGOV_DATA, and EGOV_REQUIRE_DATA=1 demands it" in result.stdout


def test_a_test_runs_once_per_file(run):
    result = run(first="right", second="right")

    assert "3 passed" in result.stdout
    assert "data suite not run" not in result.stdout


def test_wrong_data_is_not_skipped(run):
    assert "1 failed, 2 passed" in run(first="right", second="wrong").stdout
