# SPDX-License-Identifier: Apache-2.0
"""Laws of checking: a valid model has no errors, a broken one is caught, and no damage to a file makes a crash."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from importlib import util
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from egov_flow.checks import check
from egov_flow.procedure import read_files


def _beside(name):
    """Tests are no package: what two of them share is loaded by its place."""
    spec = util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


models, breaking = _beside("bpmn_models"), _beside("bpmn_mutations")
MODELS, MUTATIONS_AT_LEAST = 70, 5000


@cache
def a_model(seed):
    return models.Builder(seed).xml()


def checked(source):
    return check(read_files([("process.bpmn", source)], "model"))


def _is_ours(finding):
    return finding.code.startswith(("EF-B", "EF-C", "EF-X"))


@given(st.integers(0, 10**6))
@settings(max_examples=120, deadline=None)
def test_a_valid_model_has_no_errors(seed):
    errors = [str(f) for f in checked(models.Builder(seed).xml()) if f.severity == "error" and _is_ours(f)]

    assert errors == []


def test_each_mutation_that_breaks_a_rule_is_caught():
    chance, made, missed = random.Random(1), Counter(), []
    seed = 0
    while made.total() < MUTATIONS_AT_LEAST:
        for mutation in breaking.MUTATIONS:
            root = etree.fromstring(a_model(seed % MODELS))
            sites = mutation.sites(root)
            if not sites:
                continue
            mutation.apply(chance.choice(sites), chance)
            made[mutation.name] += 1
            codes = {f.code for f in checked(etree.tostring(root))}
            if not codes & mutation.codes:
                missed.append((seed % MODELS, mutation.name, sorted(mutation.codes)))
        seed += 1

    assert missed == []
    assert {mutation.name for mutation in breaking.MUTATIONS} == set(made), "every mutation was made"


@given(st.integers(0, 30), st.integers(0, 10**6), st.integers(0, 60), st.binary(max_size=10))
@settings(max_examples=150, deadline=None)
def test_damaged_bytes_are_a_finding_or_nothing_never_a_crash(seed, at, cut, put):
    source = a_model(seed)
    at %= len(source)

    findings = checked(source[:at] + put + source[at + cut :])

    assert all(f.message("en") and f.message("id") for f in findings)


@given(st.integers(0, 30), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_elements_changes_no_rule_s_finding(seed, chance):
    root = etree.fromstring(a_model(seed))
    for process in root.iter(f"{breaking.NS}process"):
        children = list(process)
        chance.shuffle(children)
        process[:] = children

    before = {(f.code, f.element) for f in checked(a_model(seed)) if f.severity == "error" and _is_ours(f)}
    after = {(f.code, f.element) for f in checked(etree.tostring(root)) if f.severity == "error" and _is_ours(f)}

    assert before == after
