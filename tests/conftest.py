# SPDX-License-Identifier: Apache-2.0
"""Public test data: found by folder name, skipped aloud where it is missing, demanded by EGOV_REQUIRE_DATA=1.

`@pytest.mark.data("dmn-tck")` gives a test the folder as `data_folder`; `@pytest.mark.data("dmn-tck", files="**/*.dmn")` runs it once per
file as `data_file`. The folders lie in EGOV_DATA, or in `shared/data` beside the repository.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

# A slow machine is no counterexample.
hypothesis.settings.register_profile("patient", deadline=None)
if not os.environ.get("CI"):  # under CI, hypothesis itself takes its repeatable profile, which has no time limit either
    hypothesis.settings.load_profile("patient")

pytest.register_assert_rewrite("egov_flow.testing.contracts")  # whose asserts tell what an adapter does wrong

REPOSITORY = Path(__file__).resolve().parent.parent
MISSING = pytest.StashKey[dict[str, int]]()


def pytest_configure(config: pytest.Config) -> None:
    """Offer the fixtures of a PostgreSQL server, where this file stands in its own folder; a test copies it elsewhere."""
    if config.rootpath == REPOSITORY:
        config.pluginmanager.import_plugin("tests.postgresql")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Take what collecting made, which lives as long as the run, out of the garbage collector's rounds: looking at it again and again takes time."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def repository() -> Path:
    """The repository's root."""
    return REPOSITORY


@pytest.fixture
def data_folder(request: pytest.FixtureRequest) -> Path:
    """The folder that the test's `data` mark names."""
    mark = request.node.get_closest_marker("data")
    if mark is None:
        pytest.fail('data_folder needs @pytest.mark.data("<folder>")')
    return _place(mark.args[0])


def _place(folder: str) -> Path:
    root = os.environ.get("EGOV_DATA")
    return (Path(root) if root else REPOSITORY.parent / "shared" / "data") / folder


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test once per file of its data folder; once, to be skipped, where the folder is missing."""
    mark = metafunc.definition.get_closest_marker("data")
    if mark is None or "data_file" not in metafunc.fixturenames:
        return
    folder = _place(mark.args[0])
    files = sorted(folder.glob(mark.kwargs["files"]))
    if folder.is_dir() and not files:
        pytest.fail(f"{folder} has no {mark.kwargs['files']}")
    metafunc.parametrize("data_file", files or [folder], ids=lambda file: file.relative_to(folder.parent).as_posix())


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose data is not there, or fail it under EGOV_REQUIRE_DATA=1."""
    mark = item.get_closest_marker("data")
    if mark is None or _place(mark.args[0]).is_dir():
        return
    reason = f"no folder {mark.args[0]} in EGOV_DATA"
    if os.environ.get("EGOV_REQUIRE_DATA") == "1":
        pytest.fail(f"{reason}, and EGOV_REQUIRE_DATA=1 demands it", pytrace=False)
    counts = item.config.stash.setdefault(MISSING, {})
    counts[mark.args[0]] = counts.get(mark.args[0], 0) + 1
    pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    """Say which data suites did not run, so that nobody takes silence for success."""
    result = yield
    for folder, count in sorted(terminalreporter.config.stash.get(MISSING, {}).items()):
        terminalreporter.write_line(f"data suite not run: {folder} ({count} tests; EGOV_REQUIRE_DATA=1 makes this a failure)", yellow=True)
    return result
