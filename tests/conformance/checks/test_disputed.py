# SPDX-License-Identifier: Apache-2.0
"""What another collection of models takes for valid: accepted where the specification lets it be, told where its text forbids it."""

from __future__ import annotations

from egov_flow.checks import Example, check

CHOREOGRAPHY = (
    '<choreography id="Talk"><participant id="A" name="Applicant" /><participant id="B" name="Office" />'
    '<messageFlow id="M" sourceRef="A" targetRef="B" /><startEvent id="S" name="Begun" />'
    '<choreographyTask id="Ask" name="Ask" initiatingParticipantRef="A"><participantRef>A</participantRef><participantRef>B</participantRef>'
    '<messageFlowRef>M</messageFlowRef></choreographyTask><endEvent id="E" name="Over" />'
    '<sequenceFlow id="Flow_S_Ask" sourceRef="S" targetRef="Ask" /><sequenceFlow id="Flow_Ask_E" sourceRef="Ask" targetRef="E" />'
    "</choreography>"
)
POOLS = (
    '<collaboration id="C"><participant id="Citizen" name="Citizen" /><participant id="Desk" name="Desk" processRef="P" />'
    '<messageFlow id="In" sourceRef="Citizen" targetRef="Ask" /><messageFlow id="Out" sourceRef="Ask" targetRef="T" />'
    '{reference}</collaboration><process id="P"><startEvent id="T" name="Asked"><messageEventDefinition id="D" /></startEvent></process>'
)


def _codes(bpmn: str) -> set[str]:
    return {finding.code for finding in check(Example(bpmn=bpmn).procedure)}


def test_a_message_passes_through_an_activity_of_the_choreography_between_the_pools():
    """§9.7 and §11.8 put a choreography between the pools of a collaboration, although §9.4.1 lists pools, activities and events only."""
    held = POOLS.format(reference="<choreographyRef>Talk</choreographyRef>")

    assert "EF-C121" not in _codes(held.replace("<collaboration", CHOREOGRAPHY + "<collaboration", 1))


def test_a_message_does_not_end_at_an_activity_of_a_choreography_elsewhere():
    assert "EF-C121" in _codes(CHOREOGRAPHY + POOLS.format(reference=""))


def test_a_binding_of_an_operation_names_sets_not_data():
    """§10.3.6: inputDataRef is one InputSet and outputDataRef one OutputSet, whatever their names suggest."""
    bound = (
        '<message id="M" name="Request" /><interface id="I" name="Register"><operation id="O" name="ask"><inMessageRef>M</inMessageRef>'
        '</operation></interface><process id="P"><supportedInterfaceRef>I</supportedInterfaceRef><ioSpecification><dataInput id="In" />'
        '<inputSet id="In_Set"><dataInputRefs>In</dataInputRefs></inputSet><outputSet id="Out_Set" /></ioSpecification>'
        '<ioBinding operationRef="O" inputDataRef="{named}" outputDataRef="Out_Set" /></process>'
    )

    assert "EF-C108" in _codes(bound.format(named="In"))
    assert "EF-C108" not in _codes(bound.format(named="In_Set"))


def test_a_script_without_its_language_is_told():
    """§10.3.3, table of the script task: scriptFormat must be specified if a script is provided."""
    told = [
        f for f in check(Example(bpmn='<scriptTask id="A" name="Add"><script>1 + 2</script></scriptTask>').procedure) if f.code == "EF-C227"
    ]

    assert [f.severity for f in told] == ["error"]
