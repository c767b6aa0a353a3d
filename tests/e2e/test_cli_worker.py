# SPDX-License-Identifier: Apache-2.0
"""`egov-flow worker`: runs what is due, tells how it does, ends gently."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.e2e.conftest import CLOCK

HANDLERS = """
import pathlib, time
def lookup(call):
    pathlib.Path("called").write_text(call.key)
    time.sleep({seconds})
    return {{"resident": True}}
HANDLERS = {{"register.lookup": lookup}}
"""


@pytest.fixture
def waiting(cli: Callable, permit: Path) -> str:
    """The id of a case whose job waits for a worker."""
    Path("office.py").write_text(HANDLERS.format(seconds=0), "utf-8")
    cli("deploy", permit)
    case: str = cli("start", "permit", "--as", "citizen:17", "--json", *CLOCK).document["case"]["id"]
    return case


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a worker in a process of its own."""
    running = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", "from egov_flow.cli import main; main()", "worker", "--handlers", "office:HANDLERS", *arguments]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ}))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.communicate()


def until(happens: Callable[[], object]) -> object:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if found := happens():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen in 20 seconds")


def _ask(port: int, path: str = "/health") -> tuple[int, dict[str, object]] | None:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)
    except urllib.error.URLError:
        return None


STORES = """
from egov_flow.testing import FakeDataStore
STORES = {"Residents": FakeDataStore({"nik": "7", "street": "Canal 5"})}
"""


def test_a_worker_reads_the_stores_that_it_is_given(cli: Callable) -> None:
    Path("registers.py").write_text(STORES, "utf-8")
    cli("deploy", Path(__file__).parents[1] / "fixtures" / "agency" / "move_of_address.bpmn")
    started = cli("start", "move_of_address", "--as", "citizen:17", "--data", '{"nik": "7"}', "--json", *CLOCK).document["case"]
    assert (started["waiting"], started["tasks"]) == (["Task_Check"], [])

    assert cli("worker", "--once", "--stores", "registers:STORES", "--json", *CLOCK).document == {"ran": 1, "trouble": None}
    assert [t["element"] for t in cli("show", started["id"], "--as", "system", "--json").document["case"]["tasks"]] == ["Task_Check"]
    assert "is no mapping" in cli("worker", "--once", "--stores", "registers:FakeDataStore", exit_code=2).err


def test_once_runs_what_is_due(cli: Callable, waiting: str) -> None:
    assert cli("worker", "--once", "--handlers", "office:HANDLERS", "--json", *CLOCK).document == {"ran": 1, "trouble": None}
    assert cli("worker", "--once", *CLOCK).out == "ran 0\n"
    assert cli("show", waiting, "--as", "system", "--json").document["case"]["waiting"] == ["Task_Decide"]


def test_a_worker_tells_how_it_does_and_ends_when_asked(waiting: str, start: Callable[..., subprocess.Popen[str]]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = start("--health", f"127.0.0.1:{port}", "--pause", "0.05", "--json")
    until(lambda: (found := _ask(port)) and found[1]["ran"] == 1)
    status, told = _ask(port) or (0, {})
    assert (status, told["well"], told["trouble"]) == (200, True, None)
    assert (_ask(port, "/x") or (0, {}))[0] == 404
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, json.loads(out), err) == (0, {"ran": 1, "trouble": None}, "")


def test_what_has_begun_is_finished_before_it_ends(cli: Callable, waiting: str, start: Callable[..., subprocess.Popen[str]]) -> None:
    Path("office.py").write_text(HANDLERS.format(seconds=1), "utf-8")
    process = start("--json")
    until(Path("called").exists)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=20)
    assert (process.returncode, json.loads(out)["ran"]) == (0, 1)
    assert cli("show", waiting, "--as", "system", "--json").document["case"]["waiting"] == ["Task_Decide"]


@pytest.mark.parametrize("name", ["nowhere:HANDLERS", "office:NOTHING", "office:lookup", "office", ""])
def test_handlers_that_are_none_are_a_usage_error(cli: Callable, waiting: str, name: str) -> None:
    assert "--handlers" in cli("worker", "--once", "--handlers", name, exit_code=2).err


@pytest.mark.parametrize("text", ["HANDLERS = {", "raise RuntimeError('no register')", "HANDLERS = {'a': 1}", "HANDLERS = {1: print}"])
def test_a_module_that_gives_no_handlers_is_a_usage_error_too(
    cli: Callable, waiting: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("wrong_office.py").write_text(text, "utf-8")
    monkeypatch.syspath_prepend(Path.cwd())
    monkeypatch.delitem(sys.modules, "wrong_office", raising=False)

    said = cli("worker", "--once", "--handlers", "wrong_office:HANDLERS", exit_code=2).err
    assert "Invalid value for --handlers: wrong_office:HANDLERS" in said


def test_what_holds_no_data_is_no_store(cli: Callable, waiting: str) -> None:
    assert "os:environ is no mapping of names to what --stores takes" in cli("worker", "--once", "--stores", "os:environ", exit_code=2).err


def test_nobody_asks_after_the_health_of_a_worker_that_ends_at_once(cli: Callable, waiting: str) -> None:
    assert "with --once nobody can ask for --health" in cli("worker", "--once", "--health", "127.0.0.1:0", exit_code=2).err


def test_a_place_for_health_that_is_none_is_a_usage_error(cli: Callable, waiting: str) -> None:
    assert "--health" in cli("worker", "--health", "nowhere", exit_code=2).err
