# SPDX-License-Identifier: Apache-2.0
"""`make bench`: figures print and read back, a broken measurement fails the run and leaves the others."""

from __future__ import annotations

import json

import pytest
from benchmarks import __main__ as bench
from benchmarks.figure import Figure


@pytest.fixture
def results(tmp_path, monkeypatch):
    monkeypatch.setattr(bench, "RESULTS", tmp_path / "results.json")
    return tmp_path / "results.json"


def parts(monkeypatch, **measured):
    class Part:
        def __init__(self, figures):
            self.figures = figures

    monkeypatch.setattr(bench.importlib, "import_module", lambda name: Part(measured[name.removeprefix("benchmarks.bench_")]))


def broken():
    yield Figure("demo.cases", 100)
    raise RuntimeError("the demo broke")


@pytest.mark.parametrize("figure", [Figure("demo.seconds", 12.5, "s"), Figure("kernel.ratio", 1.02)], ids=str)
def test_a_printed_figure_reads_back(figure):
    assert Figure.parse(str(figure)) == figure


@pytest.mark.parametrize("line", ["no figure", ": 3 s", "name: fast"])
def test_another_line_is_no_figure(line):
    with pytest.raises(ValueError, match=r"figure|float"):
        Figure.parse(line)


def test_results_are_a_flat_object_of_numbers(results, monkeypatch, capsys):
    parts(monkeypatch, demo=lambda: iter([Figure("demo.seconds", 12.3456789, "s")]))

    assert bench.main(["demo"]) == 0
    assert json.loads(results.read_text()) == {"demo.seconds": 12.3457}
    assert capsys.readouterr().out == "demo.seconds: 12.35 s\n"


def test_a_broken_part_fails_the_run_and_keeps_the_others(results, monkeypatch, capsys):
    parts(monkeypatch, demo=broken, **{"import": lambda: iter([Figure("import.milliseconds", 20, "ms")])})

    assert bench.main(["demo", "import"]) == 1
    assert json.loads(results.read_text()) == {"demo.cases": 100, "import.milliseconds": 20}
    assert "the demo broke" in capsys.readouterr().err


def test_a_part_that_measures_nothing_fails_the_run(results, monkeypatch):
    parts(monkeypatch, demo=lambda: iter([]))

    assert bench.main(["demo"]) == 1
