# SPDX-License-Identifier: Apache-2.0
"""The command as the shell calls it: a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parents[1] / "fixtures"
COMMAND = Path(sys.executable).parent / "egov-flow"


def test_the_installed_command_checks_and_ends_with_its_exit_code(tmp_path: Path) -> None:
    (tmp_path / "broken.bpmn").write_text("<")

    fine = subprocess.run([COMMAND, "check", FIXTURES / "bpmn/linear.bpmn"], cwd=tmp_path, capture_output=True, text=True, check=False)
    broken = subprocess.run([COMMAND, "check", "broken.bpmn"], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (fine.returncode, fine.stderr) == (0, "")
    assert broken.returncode == 1
    assert broken.stdout.startswith("broken.bpmn:1:")
    assert "\x1b" not in broken.stdout


def test_a_terminal_that_knows_no_arrows_is_served(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    (tmp_path / os.fsdecode(b"\xff.bpmn")).write_text("<")

    said = subprocess.run([COMMAND, "check", b"\xff.bpmn"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert said.returncode == 1
    assert "error EF-X002" in said.stdout


@pytest.mark.parametrize(
    ("arguments", "typed", "code"),
    [
        (("feel",), b'"caf\xe9"\n', "EF-F009"),
        (("run", FIXTURES / "bpmn/linear.bpmn", "--accept", "a test", "--ask"), b'1\n{"street": "caf\xe9"}\nq\n', "EF-D007"),
    ],
)
def test_what_is_typed_and_no_utf_8_is_refused_where_it_is_read(
    arguments: tuple[str, ...], typed: bytes, code: str, tmp_path: Path
) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}

    said = subprocess.run([COMMAND, *arguments], cwd=tmp_path, env=environment, input=typed, capture_output=True, check=False)

    assert f"{code}: ".encode() in said.stderr


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from egov_flow.cli import main; CliRunner().invoke(main, ['--help']);"
        "print(sorted({m.partition('.')[0] for m in sys.modules}))"
    )

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert "'click'" in loaded
    assert [name for name in ("lxml", "sqlalchemy", "ruamel", "rich", "jsonschema", "cryptography") if f"'{name}'" in loaded] == []


def test_watch_sees_a_save_and_ends_cleanly_with_ctrl_c(tmp_path: Path) -> None:
    drawing = tmp_path / "drawing.bpmn"
    drawing.write_bytes((FIXTURES / "bpmn/linear.bpmn").read_bytes())
    output = tmp_path / "output.txt"
    with output.open("w") as stream:
        watch = subprocess.Popen(
            [COMMAND, "watch", "drawing.bpmn", "--svg", "drawing.svg", "--every", "0.05"],
            cwd=tmp_path,
            stdout=stream,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            _wait_for(output, " errors", 1)
            drawing.write_text(drawing.read_text().replace("sourceRef=", "sourceRef=", 1) + "\n<!-- saved -->\n")
            _wait_for(output, " errors", 2)
            watch.send_signal(signal.SIGINT)
            _, said = watch.communicate(timeout=20)
        finally:
            watch.kill()
            watch.wait()

    assert watch.returncode == 0
    assert said == "no longer watching\n"
    assert (tmp_path / "drawing.svg").exists()


def _wait_for(file: Path, text: str, count: int) -> None:
    for _ in range(600):
        if file.read_text().count(text) >= count:
            return
        time.sleep(0.05)
    raise AssertionError(file.read_text())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("arguments", [("adapters",), ("adapters", "--json"), ("tasks", "--as", "system", "--json")], ids=" ".join)
def test_an_output_that_takes_no_more_is_told_in_one_line(arguments: tuple[str, ...], tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run([COMMAND, *arguments], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert (ended.returncode, ended.stderr) == (1, "EF-L026: the output cannot be written: No space left on device\n")
