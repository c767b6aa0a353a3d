# SPDX-License-Identifier: Apache-2.0
"""Lets SpiffWorkflow's own parser read the analyst's diagram, after our gate let it in.

Two things are kept from it. Texts: a condition or script is handed over as the id of its element. Positions: it tests conditions in the order of their
targets' y coordinates, so that moving a box would change which flow is taken; without a drawing it keeps the order of the file, as the kernel does.
"""

from __future__ import annotations

from typing import Any, ClassVar

import attrs
from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import EndEventParser, IntermediateThrowEventParser, StartEventParser
from SpiffWorkflow.bpmn.parser.task_parsers import ConditionalGatewayParser, ScriptTaskParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs.defaults import (
    EndEvent,
    ExclusiveGateway,
    IntermediateThrowEvent,
    ManualTask,
    ScriptTask,
    ServiceTask,
    StartEvent,
    UserTask,
)

from egov_flow.bpmn import BPMN, BPMNDI
from egov_flow.errors import Finding, ProcedureError
from egov_flow.kernel import Program
from egov_flow.kernel import compile as compile_slots
from egov_flow.procedure import Procedure

__all__ = ["SpiffProgram", "read_program"]


@attrs.frozen(eq=False)
class SpiffProgram:
    """A procedure as SpiffWorkflow runs it.

    Attributes:
        slots: our reading of conditions, scripts and handlers; nothing in it is stepped.
        spec: SpiffWorkflow's own specification (`BpmnProcessSpec`), shared by all cases and never changed.
    """

    slots: Program
    spec: Any


class Job(ServiceTask):  # type: ignore[misc] # SpiffWorkflow has no types
    """A task whose work a handler does outside the step: once run it stays STARTED until it is completed."""

    def _execute(self, task: object) -> None:
        """Return None, which is SpiffWorkflow's word for "begun, not done"."""


class _Gateway(ConditionalGatewayParser):  # type: ignore[misc]
    def parse_condition(self, sequence_flow: Any) -> str | None:
        flow = sequence_flow.get("id")
        slots = self.process_parser.parser.slots
        return flow if slots.flows[slots.flow_index[flow]].condition is not None else None


class _Script(ScriptTaskParser):  # type: ignore[misc]
    def create_task(self) -> Any:
        node = self.process_parser.parser.slots.node(self.bpmn_id)
        return Job(self.spec, self.bpmn_id, **self.bpmn_attributes) if node.action == "job" else super().create_task()

    def get_script(self) -> str:
        return str(self.bpmn_id)


class _Parser(BpmnParser):  # type: ignore[misc]
    """SpiffWorkflow's parser with the elements of the slice, and no others."""

    PARSER_CLASSES: ClassVar[dict[str, tuple[Any, Any]]] = {
        full_tag("startEvent"): (StartEventParser, StartEvent),
        full_tag("endEvent"): (EndEventParser, EndEvent),
        full_tag("intermediateThrowEvent"): (IntermediateThrowEventParser, IntermediateThrowEvent),
        full_tag("userTask"): (TaskParser, UserTask),
        full_tag("manualTask"): (TaskParser, ManualTask),
        full_tag("exclusiveGateway"): (_Gateway, ExclusiveGateway),
        full_tag("scriptTask"): (_Script, ScriptTask),
        full_tag("serviceTask"): (TaskParser, Job),
        full_tag("sendTask"): (TaskParser, Job),
        full_tag("businessRuleTask"): (TaskParser, Job),
    }

    def __init__(self, slots: Program) -> None:
        super().__init__()
        self.slots = slots


def read_program(procedure: Procedure) -> SpiffProgram:
    """Return the program of a procedure in the slice.

    Raises:
        ProcedureError: SpiffWorkflow's parser refuses the diagram, with its own words.
    """
    slots = compile_slots(procedure)
    try:
        parser = _Parser(slots)
        parser.add_bpmn_xml(_tree(procedure), filename=procedure.model.file)
        return SpiffProgram(slots, parser.get_spec(procedure.process_id))
    except Exception as error:  # whatever stops a parser that we did not write, the procedure is refused and told why
        reason = f"{type(error).__name__}: {str(error)[:200]}"
        place = procedure.model.origin.place
        raise ProcedureError([Finding.of("EF-E016", place, element=procedure.process_id, type="process", reason=reason)]) from error


def _tree(procedure: Procedure) -> Any:
    """Return the diagram without its drawing; its bytes have passed the gate, or the kernel would have refused them."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(procedure.model.source, parser)
    for diagram in root.findall(f"{{{BPMNDI}}}BPMNDiagram"):
        root.remove(diagram)
    for process in root.iter(f"{{{BPMN}}}process"):
        if process.get("id") == procedure.process_id:
            process.set("isExecutable", "true")  # which process runs is said in procedure.yaml
    return root
