# SPDX-License-Identifier: Apache-2.0
"""The reference models of the BPMN Model Interchange Working Group are drawn whole, or the picture says what is missing."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from egov_flow import bpmn
from egov_flow.diagrams import diagram
from egov_flow.diagrams._index import drawn


@pytest.mark.data("miwg-reference", files="**/*.bpmn")
def test_every_reference_file_is_drawn_whole_or_says_what_is_missing(data_file: Path) -> None:
    definitions = bpmn.read(data_file.read_bytes(), data_file.name)
    shown: set[str] = set()
    for plane in definitions.diagrams:
        picture = diagram(definitions, plane=plane.id or plane.element)
        shown |= {group.get("data-element", "") for group in ET.fromstring(picture.svg).iter("{http://www.w3.org/2000/svg}g")}
    missing = [item for item in drawn(definitions) if item.id not in shown]

    assert not missing or "Not in the picture" in picture.svg
