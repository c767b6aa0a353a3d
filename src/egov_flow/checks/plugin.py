# SPDX-License-Identifier: Apache-2.0
"""The sentences of the bpmnlint plug-in, made from the rules: `python -m egov_flow.checks.plugin > adapters/bpmnlint-plugin-egov-flow/lib/messages.json`."""

from __future__ import annotations

import json
import sys

from egov_flow.checks.rules import RULES
from egov_flow.texts import LANGUAGES, catalogue

__all__ = ["messages"]


def messages() -> str:
    """Return code, severity and sentences of each rule about a diagram, by name, as JSON."""
    texts = {
        rule.name: {
            "code": rule.code,
            "severity": rule.severity,
            **{language: catalogue(language)[rule.code]["message"] for language in LANGUAGES},
        }
        for rule in sorted(RULES, key=lambda rule: rule.name)
        if rule.family != "procedure"
    }
    return json.dumps(texts, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(messages())
