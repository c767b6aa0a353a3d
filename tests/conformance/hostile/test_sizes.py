# SPDX-License-Identifier: Apache-2.0
"""Files that are legal but for their size are refused at the place where they pass the limit."""

from __future__ import annotations

import pytest

from egov_flow import xml
from egov_flow.errors import ProcedureError
from egov_flow.procedure import read_entries


def test_xml_with_too_many_elements_is_refused_at_its_line() -> None:
    with pytest.raises(ProcedureError) as refused:
        xml.read(b"<a>\n" + b"<b/>" * 200_000 + b"</a>", "permit.bpmn")

    (finding,) = refused.value.findings
    assert (finding.code, finding.place.line) == ("EF-X006", 2)


@pytest.mark.parametrize(("text", "line", "column"), [("[" * 10_000, 1, 21), ("- x\n" * 20_001, 20_000, 3)], ids=["deep", "long"])
def test_yaml_that_is_too_deep_or_too_long_is_refused_where_it_passes_the_limit(text: str, line: int, column: int) -> None:
    _, (finding,) = read_entries(text.encode(), "procedure.yaml")

    assert (finding.code, finding.place.line, finding.place.column) == ("EF-P006", line, column)
