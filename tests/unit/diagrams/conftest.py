# SPDX-License-Identifier: Apache-2.0
"""Pictures for tests: fixtures that open in a modeler, read; and an SVG as a tree."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from egov_flow import bpmn

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "bpmn"


@pytest.fixture(name="fixtures")
def _fixtures():
    return FIXTURES


@pytest.fixture(name="model")
def _model():
    """Read a fixture by its name."""

    def read(name):
        return bpmn.read((FIXTURES / f"{name}.bpmn").read_bytes(), f"{name}.bpmn")

    return read


@pytest.fixture(name="tree")
def _tree():
    """Parse a picture; a picture that is no XML fails here."""
    return lambda picture: ElementTree.fromstring(picture.svg)
