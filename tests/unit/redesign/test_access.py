# SPDX-License-Identifier: Apache-2.0
"""What a step reads and writes decides whether it may change places with another: data objects and data stores count like variables."""

from __future__ import annotations

import pytest

from egov_flow.procedure import read_files
from egov_flow.redesign._access import access_of

DATA = (
    '<dataObject id="o" name="file"/><dataObjectReference id="object" dataObjectRef="o"/><dataStoreReference id="store" dataStoreRef="d"/>'
    '<dataStoreReference id="same_store" dataStoreRef="d"/>'
)
WRITES = (
    '<userTask id="a"><dataOutputAssociation id="i"><sourceRef>x</sourceRef><targetRef>{}</targetRef></dataOutputAssociation></userTask>'
)
READS = '<userTask id="b"><dataInputAssociation id="j"><sourceRef>{}</sourceRef><targetRef>y</targetRef></dataInputAssociation></userTask>'


@pytest.mark.parametrize(("written", "read", "shared"), [("object", "object", "file"), ("store", "same_store", "Residents")])
def test_what_one_writes_into_data_and_the_other_takes_from_it_ties_them(written: str, read: str, shared: str) -> None:
    xml = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="D" targetNamespace="t"><dataStore id="d" name="Residents"/>'
        f'<process id="P" isExecutable="true">{DATA}{WRITES.format(written)}{READS.format(read)}</process></definitions>'
    )
    procedure = read_files([("process.bpmn", xml.encode())], "access")
    writer, reader = (access_of(procedure, procedure.node(name)) for name in ("a", "b"))

    assert shared in writer.writes & reader.reads
