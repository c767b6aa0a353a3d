# SPDX-License-Identifier: Apache-2.0
"""The plug-in of bpmnlint shows in a modeler what `egov-flow check` says: each of its rules on the rule's own examples, by bpmnlint itself."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from egov_flow.checks import RULES, check
from egov_flow.checks.plugin import messages

PLUGIN = Path(__file__).resolve().parents[2] / "adapters" / "bpmnlint-plugin-egov-flow"
BPMNLINT = "bpmnlint@11.15.0"
BY_NAME = {rule.name: rule for rule in RULES}
NAMES = sorted(file.stem for file in (PLUGIN / "rules").glob("*.js"))


def test_its_sentences_are_those_of_the_rules():
    made = "python -m egov_flow.checks.plugin > adapters/bpmnlint-plugin-egov-flow/lib/messages.json"

    assert (PLUGIN / "lib" / "messages.json").read_text("utf-8") == messages(), made


def test_every_rule_of_it_is_one_of_ours_and_has_its_check():
    checks = re.findall(r"^  '([a-z-]+)':", (PLUGIN / "lib" / "checks.js").read_text("utf-8"), re.MULTILINE)

    assert sorted(checks) == NAMES
    assert set(NAMES) <= set(BY_NAME)
    assert len(NAMES) >= 60


@pytest.fixture(scope="module")
def modeler(tmp_path_factory):
    """A folder in which bpmnlint and the plug-in are installed, as a modeler has them; skipped aloud without node or registry."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("node and npm are not there: the plug-in of bpmnlint was not run")
    folder = tmp_path_factory.mktemp("modeler")
    (folder / "package.json").write_text('{"private": true}', "utf-8")
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", BPMNLINT, str(PLUGIN)]
    done = subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True, timeout=240)
    if done.returncode and not os.environ.get("CI"):
        pytest.skip(f"npm could not install bpmnlint: {done.stderr[-200:]}")
    assert done.returncode == 0, done.stderr
    return folder


def _lint(folder, cases):
    script = Path(__file__).with_name("run.mjs")
    done = subprocess.run(["node", script], check=False, cwd=folder, input=json.dumps(cases), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_each_rule_finds_its_incorrect_example_and_leaves_the_correct_one_alone(modeler):
    cases = [{"rule": name, "good": BY_NAME[name].good.document, "bad": BY_NAME[name].bad.document} for name in NAMES]
    results = _lint(modeler, cases)

    silent = [result["rule"] for result in results if not result["bad"]]
    wrong = [result["rule"] for result in results if result["good"]]
    assert (silent, wrong) == ([], [])
    for result in results:
        assert all(report["message"].startswith(f"{BY_NAME[result['rule']].code}: ") for report in result["bad"])
        assert not any("{" in report["message"] for report in result["bad"])


def test_it_names_the_parties_and_kinds_that_the_command_line_names(modeler):
    rules = [BY_NAME[name] for name in ("choreography-event-gateway", "choreography-initiator", "lane-partitions")]
    results = _lint(modeler, [{"rule": rule.name, "good": rule.good.document, "bad": rule.bad.document} for rule in rules])

    for rule, result in zip(rules, results, strict=True):
        (told,) = [finding for finding in check(rule.bad.procedure) if finding.code == rule.code]
        assert [report["message"] for report in result["bad"]] == [f"{rule.code}: {told.message()}"]


def test_the_recommended_rules_have_the_severities_of_the_command_line(modeler):
    rule = BY_NAME["start-event-incoming"]
    ((result,)) = _lint(modeler, [{"rule": "", "good": rule.good.document, "bad": rule.bad.document}])
    levels = {"error": "error", "warning": "warn", "info": "info"}

    assert "egov-flow/start-event-incoming" in {report["rule"] for report in result["bad"]}
    assert all(report["category"] == levels[BY_NAME[report["rule"].removeprefix("egov-flow/")].severity] for report in result["bad"])
