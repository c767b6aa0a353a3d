# SPDX-License-Identifier: Apache-2.0
"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import egov_flow
import egov_flow_adapters


def _modules():
    for package in (egov_flow, egov_flow_adapters):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__") and "migrations" not in module.name:
                yield module.name


@pytest.mark.parametrize("name", sorted(_modules()))
def test_the_examples_in_a_modules_docstrings_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
