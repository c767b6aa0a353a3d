# SPDX-License-Identifier: Apache-2.0
"""Draw the files of all corner cases anew from their tables: `python -m tests.corners`."""

from __future__ import annotations

from tests.corners.corner import FOLDER
from tests.corners.drawing import bpmn
from tests.corners.test_corners import CASES

for file in FOLDER.glob("*.bpmn"):
    file.unlink()
for case in CASES:
    (FOLDER / f"{case.name}.bpmn").write_text(bpmn(case.drawing), "utf-8")
