# SPDX-License-Identifier: Apache-2.0
"""Draw the files of all textbook models anew: `python -m tests.textbook`."""

from __future__ import annotations

from tests.textbook.drawing import textbook
from tests.textbook.models import FOLDER, MODELS

for file in FOLDER.glob("*.bpmn"):
    file.unlink()
for model in MODELS:
    (FOLDER / f"{model.name}.bpmn").write_text(textbook(model.name, model.drawing), "utf-8")
