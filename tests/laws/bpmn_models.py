# SPDX-License-Identifier: Apache-2.0
"""Random valid models: every split has its join, every path ends."""

from __future__ import annotations

import random

from egov_flow.checks.example import HEAD

TASKS = ("task", "userTask", "manualTask", "serviceTask", "businessRuleTask")


class Builder:
    """A block-structured process: every split has its join, every path ends."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0

    def new(self, kind: str) -> str:
        self.count += 1
        return f"{kind}_{self.count}"

    def xml(self) -> bytes:
        process = self.scope("Main", depth=1)
        message = '<message id="Message_0" name="Request" /><signal id="Signal_0" name="Alarm" /><error id="Error_0" name="Failed" errorCode="f" />'
        pools = (
            '<collaboration id="Collaboration_0"><participant id="Office" name="Office" processRef="Main" /><participant id="Applicant" name="Applicant">'
            '<participantMultiplicity minimum="1" maximum="2" /></participant><messageFlow id="Asked" sourceRef="Applicant" targetRef="Receive" />'
            "</collaboration>"
        )
        called = self.scope("Called", depth=0)
        return f'{HEAD}{message}{pools}<process id="Main">{process}</process><process id="Called">{called}</process></definitions>'.encode()

    def scope(self, owner: str, *, depth: int, extra: str = "") -> str:
        """Return the content of a process or sub-process."""
        start, end = self.new("Start"), self.new("End")
        self.parts = parts = [f'<startEvent id="{start}" name="Begun" />', extra]
        last = start
        blocks = [
            self.task,
            self.exclusive,
            self.parallel,
            self.waiting,
            self.event_gateway,
            self.boundary,
            self.data,
            self.linked,
            self.looped,
        ]
        blocks += [self.sub_process, self.transaction, self.compensated, self.ad_hoc] if depth else []
        chosen = [self.random.choice(blocks) for _ in range(self.random.randint(1, 3))]
        if owner == "Main":
            chosen = [self.received, self.listener, *chosen]
        for block in chosen:
            last = block(parts, last, depth)
        parts.append(f'<endEvent id="{end}" name="Ended" />')
        self.flow(parts, last, end)
        return "".join(parts)

    def flow(self, parts, source, target, inside="", **attributes) -> str:
        flow = self.new("Flow")
        said = "".join(f' {name}="{value}"' for name, value in attributes.items())
        parts.append(f'<sequenceFlow id="{flow}" sourceRef="{source}" targetRef="{target}"{said}>{inside}</sequenceFlow>')
        return flow

    def node(self, parts, tag, name="", inside="", **attributes) -> str:
        node = self.new(tag[0].upper() + tag[1:])
        said = "".join(f' {key}="{value}"' for key, value in attributes.items())
        parts.append(f'<{tag} id="{node}" name="{name or node}"{said}>{inside}</{tag}>')
        return node

    def task(self, parts, last, _depth) -> str:
        node = self.node(parts, self.random.choice(TASKS))
        self.flow(parts, last, node)
        return node

    def received(self, parts, last, _depth) -> str:
        parts.append('<receiveTask id="Receive" name="Receive" messageRef="Message_0" />')
        self.flow(parts, last, "Receive")
        return "Receive"

    def looped(self, parts, last, _depth) -> str:
        inside = self.random.choice(
            [
                "<standardLoopCharacteristics><loopCondition>open</loopCondition></standardLoopCharacteristics>",
                "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>",
            ]
        )
        tag = self.random.choice(["task", "scriptTask", "callActivity"])
        more = {"scriptTask": {"scriptFormat": "feel"}, "callActivity": {"calledElement": "Called"}}.get(tag, {})
        node = self.node(parts, tag, inside=inside + ("<script>1</script>" if tag == "scriptTask" else ""), **more)
        self.flow(parts, last, node)
        return node

    def branches(self, parts, last, tag, depth, conditions) -> str:
        split, join = self.new("Split"), self.new("Join")
        ends = [self.new("Branch") for _ in range(2)]
        flows = [self.flow(parts, split, end, inside) for end, inside in zip(ends, conditions, strict=True)]
        default = f' default="{flows[1]}"' if conditions[0] else ""
        parts.append(
            f'<{tag} id="{split}" name="Which?" gatewayDirection="Diverging"{default} /><{tag} id="{join}" gatewayDirection="Converging" />'
        )
        parts += [f'<userTask id="{end}" name="{end}" />' for end in ends]
        for end in ends:
            self.flow(parts, end, join)
        self.flow(parts, last, split)
        return join

    def exclusive(self, parts, last, depth) -> str:
        tag = self.random.choice(["exclusiveGateway", "inclusiveGateway"])
        return self.branches(parts, last, tag, depth, ["<conditionExpression>complete</conditionExpression>", ""])

    def parallel(self, parts, last, depth) -> str:
        return self.branches(parts, last, "parallelGateway", depth, ["", ""])

    def waiting(self, parts, last, _depth) -> str:
        catch = self.node(parts, "intermediateCatchEvent", inside=f'<signalEventDefinition id="{self.new("Def")}" signalRef="Signal_0" />')
        throw = self.node(parts, "intermediateThrowEvent", inside=f'<signalEventDefinition id="{self.new("Def")}" signalRef="Signal_0" />')
        self.flow(parts, last, catch)
        self.flow(parts, catch, throw)
        return throw

    def event_gateway(self, parts, last, _depth) -> str:
        gate, join = self.node(parts, "eventBasedGateway"), self.node(parts, "exclusiveGateway")
        timer = f'<timerEventDefinition id="{self.new("Def")}"><timeDuration>P7D</timeDuration></timerEventDefinition>'
        for node in (self.node(parts, "receiveTask", messageRef="Message_0"), self.node(parts, "intermediateCatchEvent", inside=timer)):
            self.flow(parts, gate, node)
            self.flow(parts, node, join)
        self.flow(parts, last, gate)
        return join

    def boundary(self, parts, last, _depth) -> str:
        node, handler, end = self.node(parts, "userTask"), self.node(parts, "task"), self.node(parts, "endEvent", name="Broken off")
        definition = self.random.choice(['errorEventDefinition errorRef="Error_0"', 'signalEventDefinition signalRef="Signal_0"'])
        event = self.node(parts, "boundaryEvent", inside=f'<{definition} id="{self.new("Def")}" />', attachedToRef=node)
        self.flow(parts, last, node)
        self.flow(parts, event, handler)
        self.flow(parts, handler, end)
        return node

    def data(self, parts, last, _depth) -> str:
        thing, source, sets = self.new("Data"), self.new("Source"), "<inputSet><dataInputRefs>{}</dataInputRefs></inputSet><outputSet />"
        io = f'<ioSpecification><dataInput id="{thing}" />{sets.format(thing)}</ioSpecification>'
        moved = f"<dataInputAssociation><sourceRef>{source}</sourceRef><targetRef>{thing}</targetRef></dataInputAssociation>"
        parts.append(f'<dataObject id="{source}" />')
        node = self.node(parts, "userTask", inside=io + moved)
        self.flow(parts, last, node)
        return node

    def linked(self, parts, last, _depth) -> str:
        link = self.new("Link")
        throw = self.node(parts, "intermediateThrowEvent", inside=f'<linkEventDefinition id="{self.new("Def")}" name="{link}" />')
        catch = self.node(parts, "intermediateCatchEvent", inside=f'<linkEventDefinition id="{self.new("Def")}" name="{link}" />')
        self.flow(parts, last, throw)
        return catch

    def sub_process(self, parts, last, depth) -> str:
        node = self.node(parts, "subProcess", inside=self.scope("", depth=depth - 1))
        self.flow(parts, last, node)
        return node

    def transaction(self, parts, last, depth) -> str:
        node = self.node(parts, "transaction", inside=self.scope("", depth=0))
        end = self.node(parts, "endEvent", name="Withdrawn")
        event = self.node(parts, "boundaryEvent", inside=f'<cancelEventDefinition id="{self.new("Def")}" />', attachedToRef=node)
        self.flow(parts, last, node)
        self.flow(parts, event, end)
        return node

    def ad_hoc(self, parts, last, _depth) -> str:
        inner: list[str] = []
        self.node(inner, "userTask")
        node = self.node(parts, "adHocSubProcess", inside="".join(inner))
        self.flow(parts, last, node)
        return node

    def compensated(self, parts, last, _depth) -> str:
        node, undo = self.node(parts, "task"), self.node(parts, "task", isForCompensation="true")
        event = self.node(parts, "boundaryEvent", inside=f'<compensateEventDefinition id="{self.new("Def")}" />', attachedToRef=node)
        parts.append(f'<association id="{self.new("Assoc")}" associationDirection="One" sourceRef="{event}" targetRef="{undo}" />')
        self.flow(parts, last, node)
        return node

    def listener(self, parts, last, _depth) -> str:
        inner: list[str] = []
        start = self.node(inner, "startEvent", inside=f'<errorEventDefinition id="{self.new("Def")}" errorRef="Error_0" />')
        node, end = self.node(inner, "userTask"), self.node(inner, "endEvent")
        self.flow(inner, start, node)
        self.flow(inner, node, end)
        self.node(parts, "subProcess", inside="".join(inner), triggeredByEvent="true")
        return last
