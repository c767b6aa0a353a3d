# SPDX-License-Identifier: Apache-2.0
"""No rule fires on the reference models of the OMG without a person having agreed: the list stands beside this file."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from egov_flow.checks import check

AGREED = tomllib.loads(Path(__file__).with_name("miwg_findings.toml").read_text("utf-8"))


@pytest.mark.data("miwg-reference", files="Reference/*.bpmn")
def test_each_finding_was_agreed_to(data_file):
    found = Counter(f.code for f in check(data_file) if f.code.startswith("EF-C"))
    agreed = {code: entry[data_file.stem] for code, entry in AGREED.items() if data_file.stem in entry}

    assert dict(found) == agreed


def test_each_agreement_has_a_reason():
    assert all(entry["judgement"].startswith("agreed: ") for entry in AGREED.values())
