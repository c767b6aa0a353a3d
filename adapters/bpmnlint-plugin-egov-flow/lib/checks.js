// SPDX-License-Identifier: Apache-2.0
'use strict';

/*
 * What each rule finds, by its name: a function from a moddle element to what is wrong with it.
 * It returns true (the element itself), or the arguments of the sentence, or an array of either; anything falsy is fine.
 * Flows are looked up in the scope itself: not every tool writes `incoming` and `outgoing`.
 */

const is = (node, ...types) => !!node && types.some(type => node.$instanceOf && node.$instanceOf(`bpmn:${type}`));
const exactly = (node, ...types) => !!node && types.some(type => node.$type === `bpmn:${type}`);
const scope = node => node.$parent;
const elements = container => (container && container.flowElements) || [];
const flows = container => elements(container).filter(e => is(e, 'SequenceFlow'));
const incoming = node => flows(scope(node)).filter(flow => flow.targetRef === node);
const outgoing = node => flows(scope(node)).filter(flow => flow.sourceRef === node);
const triggers = event => [...(event.eventDefinitions || []), ...(event.eventDefinitionRef || [])].map(definition => {
  const kind = definition.$type.replace('bpmn:', '').replace('EventDefinition', '');
  return kind[0].toLowerCase() + kind.slice(1);
});
const nameOf = node => node.name || node.id;
const isScope = node => is(node, 'FlowElementsContainer');
const isChoreography = node => is(node, 'Choreography', 'SubChoreography');
const isListener = node => is(node, 'SubProcess') && node.triggeredByEvent;
const isAdHoc = node => is(node, 'AdHocSubProcess');
const hasKind = (container, type) => elements(container).some(e => exactly(e, type));
const inside = (node, type) => {
  for (let found = node.$parent; found; found = found.$parent) {
    if (is(found, type)) {
      return found;
    }
  }
};
const wrongTriggers = (event, allowed) => triggers(event).filter(kind => !allowed.includes(kind)).map(trigger => ({ trigger }));
const kindOf = node => node.$type[5].toLowerCase() + node.$type.slice(6);
const firstMessage = task => {
  const sender = task.initiatingParticipantRef;
  const others = (task.participantRef || []).filter(participant => participant !== sender);
  return sender && others.length === 1 && [ sender, others[0] ];
};
const STEPS = [ 'Activity', 'Gateway', 'ChoreographyActivity' ];
const begins = container => isAdHoc(container) || isChoreography(container) || elements(container).some(
  e => e.instantiate && is(e, 'ReceiveTask', 'EventBasedGateway') && !incoming(e).length
);

module.exports = {
  'start-event-incoming': n => is(n, 'StartEvent') && incoming(n).length && { count: incoming(n).length },
  'start-event-outgoing': n => is(n, 'StartEvent') && !outgoing(n).length,
  'end-event-outgoing': n => is(n, 'EndEvent') && outgoing(n).length && { count: outgoing(n).length },
  'end-event-incoming': n => is(n, 'EndEvent') && !incoming(n).length,
  'end-needs-start': n => isScope(n) && hasKind(n, 'EndEvent') && !hasKind(n, 'StartEvent') && !begins(n),
  'start-needs-end': n => isScope(n) && !isAdHoc(n) && hasKind(n, 'StartEvent') && !hasKind(n, 'EndEvent'),
  'node-incoming': n => is(n, ...STEPS) && hasKind(scope(n), 'StartEvent') && !isAdHoc(scope(n)) && !incoming(n).length &&
    !n.isForCompensation && !isListener(n) && !n.instantiate,
  'node-outgoing': n => is(n, ...STEPS) && hasKind(scope(n), 'EndEvent') && !isAdHoc(scope(n)) && !outgoing(n).length &&
    !n.isForCompensation && !isListener(n),
  'start-event-triggers': n => is(n, 'StartEvent') && (is(scope(n), 'Process') || isChoreography(scope(n))) &&
    wrongTriggers(n, [ 'message', 'timer', 'conditional', 'signal' ]),
  'sub-process-start-none': n => is(n, 'StartEvent') && is(scope(n), 'SubProcess') && !isListener(scope(n)) && triggers(n).length &&
    { trigger: triggers(n).join(', ') },
  'event-sub-process-start': n => isListener(n) && elements(n).filter(e => is(e, 'StartEvent')).length !== 1 &&
    { count: elements(n).filter(e => is(e, 'StartEvent')).length },
  'event-sub-process-trigger': n => is(n, 'StartEvent') && isListener(scope(n)) &&
    (!triggers(n).length || triggers(n).some(kind => [ 'link', 'cancel', 'terminate' ].includes(kind))),
  'start-always-interrupts': n => is(n, 'StartEvent') && n.isInterrupting === false &&
    triggers(n).filter(kind => [ 'error', 'compensate' ].includes(kind)).map(trigger => ({ trigger })),
  'start-interrupts-nothing': n => is(n, 'StartEvent') && n.isInterrupting === false && !isListener(scope(n)),
  'end-event-triggers': n => is(n, 'EndEvent') &&
    triggers(n).filter(kind => [ 'timer', 'conditional', 'link' ].includes(kind)).map(trigger => ({ trigger })),
  'catch-event-triggers': n => is(n, 'IntermediateCatchEvent') && wrongTriggers(n, [ 'message', 'timer', 'conditional', 'link', 'signal' ]),
  'throw-event-triggers': n => is(n, 'IntermediateThrowEvent') && wrongTriggers(n, [ 'message', 'escalation', 'link', 'compensate', 'signal' ]),
  'boundary-event-triggers': n => is(n, 'BoundaryEvent') &&
    (!triggers(n).length || triggers(n).some(kind => [ 'link', 'terminate' ].includes(kind))) &&
    { found: triggers(n).filter(kind => [ 'link', 'terminate' ].includes(kind)).join(', ') || '0' },
  'boundary-always-interrupts': n => is(n, 'BoundaryEvent') && n.cancelActivity === false &&
    triggers(n).filter(kind => [ 'error', 'cancel' ].includes(kind)).map(trigger => ({ trigger })),
  'cancel-end-in-transaction': n => is(n, 'EndEvent') && triggers(n).includes('cancel') && !inside(n, 'Transaction'),
  'cancel-boundary-on-transaction': n => is(n, 'BoundaryEvent') && triggers(n).includes('cancel') && n.attachedToRef &&
    !is(n.attachedToRef, 'Transaction') && { host: nameOf(n.attachedToRef) },
  'boundary-event-incoming': n => is(n, 'BoundaryEvent') && incoming(n).length && { count: incoming(n).length },
  'boundary-event-outgoing': n => is(n, 'BoundaryEvent') && !outgoing(n).length && !triggers(n).includes('compensate'),
  'boundary-on-event-sub-process': n => is(n, 'BoundaryEvent') && isListener(n.attachedToRef) && { host: nameOf(n.attachedToRef) },
  'compensation-boundary-flow': n => is(n, 'BoundaryEvent') && triggers(n).includes('compensate') && outgoing(n).length > 0,
  'compensation-activity-flows': n => is(n, 'Activity') && n.isForCompensation && incoming(n).length + outgoing(n).length &&
    { count: incoming(n).length + outgoing(n).length },
  'intermediate-event-flows': n => is(n, 'IntermediateCatchEvent', 'IntermediateThrowEvent') && !isAdHoc(scope(n)) && (() => {
    const link = triggers(n).includes('link');
    const noWayIn = !incoming(n).length && !(link && is(n, 'IntermediateCatchEvent'));
    const noWayOut = !outgoing(n).length && !(link && is(n, 'IntermediateThrowEvent'));
    return (noWayIn || noWayOut) && { incoming: incoming(n).length, outgoing: outgoing(n).length };
  })(),
  'catch-event-waits': n => is(n, 'IntermediateCatchEvent') && !triggers(n).length,
  'parallel-multiple': n => is(n, 'CatchEvent') && n.parallelMultiple && triggers(n).length < 2 && { count: triggers(n).length },
  'link-flows': n => (is(n, 'IntermediateThrowEvent') && triggers(n).includes('link') && outgoing(n).length > 0) ||
    (is(n, 'IntermediateCatchEvent') && triggers(n).includes('link') && incoming(n).length > 0),
  'event-sub-process-flows': n => isListener(n) && incoming(n).length + outgoing(n).length &&
    { count: incoming(n).length + outgoing(n).length },
  'lone-conditional-flow': n => is(n, 'SequenceFlow') && n.conditionExpression && is(n.sourceRef, 'Activity') && outgoing(n.sourceRef).length === 1,
  'condition-useless': n => is(n, 'SequenceFlow') && n.conditionExpression && n.sourceRef &&
    !is(n.sourceRef, 'Activity', 'ExclusiveGateway', 'InclusiveGateway', 'ComplexGateway') && { kind: n.sourceRef.$type.replace('bpmn:', '') },
  'default-flow-condition': n => is(n, 'SequenceFlow') && n.conditionExpression && n.sourceRef && n.sourceRef.default === n,
  'flow-to-itself': n => is(n, 'SequenceFlow') && n.sourceRef && n.sourceRef === n.targetRef,
  'converging-gateway': n => is(n, 'Gateway') && n.gatewayDirection === 'Converging' && (incoming(n).length < 2 || outgoing(n).length > 1) &&
    { incoming: incoming(n).length, outgoing: outgoing(n).length },
  'diverging-gateway': n => is(n, 'Gateway') && n.gatewayDirection === 'Diverging' && (outgoing(n).length < 2 || incoming(n).length > 1) &&
    { incoming: incoming(n).length, outgoing: outgoing(n).length },
  'mixed-gateway': n => is(n, 'Gateway') && n.gatewayDirection === 'Mixed' && (incoming(n).length < 2 || outgoing(n).length < 2) &&
    { incoming: incoming(n).length, outgoing: outgoing(n).length },
  'gateway-direction-fixed': n => is(n, 'EventBasedGateway') && n.gatewayDirection === 'Converging',
  'event-gateway-ways': n => is(n, 'EventBasedGateway') && inside(n, 'Process') && outgoing(n).length < 2 && { count: outgoing(n).length },
  'event-gateway-targets': n => is(n, 'EventBasedGateway') && inside(n, 'Process') && outgoing(n).map(flow => flow.targetRef).filter(target => {
    const kinds = target ? triggers(target) : [];
    const waits = is(target, 'IntermediateCatchEvent') && kinds.length && kinds.every(k => [ 'message', 'timer', 'conditional', 'signal' ].includes(k));
    return target && !is(target, 'ReceiveTask') && !waits;
  }).map(target => ({ target: nameOf(target) })),
  'event-gateway-mixes': n => is(n, 'EventBasedGateway') && outgoing(n).some(f => is(f.targetRef, 'ReceiveTask')) &&
    outgoing(n).some(f => is(f.targetRef, 'CatchEvent') && triggers(f.targetRef).includes('message')),
  'event-gateway-target-incoming': n => is(n, 'EventBasedGateway') &&
    outgoing(n).filter(flow => flow.targetRef && incoming(flow.targetRef).length > 1)
      .map(flow => ({ count: incoming(flow.targetRef).length, target: nameOf(flow.targetRef) })),
  'instantiating-gateway': n => is(n, 'EventBasedGateway') && n.instantiate && incoming(n).length && { count: incoming(n).length },
  'parallel-event-gateway': n => is(n, 'EventBasedGateway') && n.eventGatewayType === 'Parallel' && !n.instantiate,
  'complex-gateway-condition': n => is(n, 'ComplexGateway') && incoming(n).length > 1 && !n.activationCondition && { count: incoming(n).length },
  'ad-hoc-activities': n => isAdHoc(n) && !elements(n).some(e => is(e, 'Activity')),
  'ad-hoc-events': n => is(n, 'StartEvent', 'EndEvent') && isAdHoc(scope(n)) && { kind: n.$type.replace('bpmn:', '') },
  'instantiating-task': n => is(n, 'ReceiveTask') && n.instantiate && incoming(n).length && { count: incoming(n).length },
  'script-format': n => is(n, 'ScriptTask') && n.script && !n.scriptFormat,
  'loop-condition': n => is(n, 'StandardLoopCharacteristics') && !n.loopCondition && !n.loopMaximum,
  'label-required': n => !(n.name || '').trim() && ((is(n, 'Activity') && !isListener(n)) ||
    (is(n, 'ExclusiveGateway', 'InclusiveGateway') && outgoing(n).length > 1)),
  'label-required-flow': n => is(n, 'SequenceFlow') && is(n.sourceRef, 'ExclusiveGateway', 'InclusiveGateway') &&
    outgoing(n.sourceRef).length > 1 && !(n.name || '').trim() && n.sourceRef.default !== n && { gateway: nameOf(n.sourceRef) },
  'label-required-pool': n => is(n, 'Participant', 'Lane') && !(n.name || '').trim() && { kind: n.$type.replace('bpmn:', '') },
  'no-implicit-split': n => is(n, 'Activity', 'Event') && outgoing(n).filter(f => !f.conditionExpression && n.default !== f).length > 1 &&
    { count: outgoing(n).filter(f => !f.conditionExpression && n.default !== f).length, kind: n.$type.replace('bpmn:', '') },
  'superfluous-gateway': n => is(n, 'Gateway') && incoming(n).length <= 1 && outgoing(n).length <= 1,
  'no-gateway-join-fork': n => is(n, 'Gateway') && !is(n, 'EventBasedGateway') && incoming(n).length > 1 && outgoing(n).length > 1 &&
    { incoming: incoming(n).length, outgoing: outgoing(n).length },
  'no-complex-gateway': n => is(n, 'ComplexGateway'),
  'single-event-definition': n => is(n, 'Event') && triggers(n).length > 1 && { count: triggers(n).length },
  'start-event-required': n => exactly(n, 'Process') && elements(n).some(e => is(e, 'FlowNode')) && !hasKind(n, 'StartEvent') &&
    !elements(n).some(e => is(e, 'ReceiveTask', 'EventBasedGateway') && e.instantiate),
  'end-event-required': n => exactly(n, 'Process') && elements(n).some(e => is(e, 'FlowNode')) && !hasKind(n, 'EndEvent'),
  'lane-partitions': n => is(n, 'LaneSet') && (() => {
    const kinds = [ ...new Set((n.lanes || []).map(lane => lane.partitionElementRef).filter(named => named).map(kindOf)) ].sort();
    return kinds.length > 1 && { kinds: kinds.join(', ') };
  })(),
  'choreography-initiator': n => is(n, 'ChoreographyTask') && n.initiatingParticipantRef && (n.messageFlowRef || []).length > 0 &&
    !n.messageFlowRef.some(flow => flow.sourceRef === n.initiatingParticipantRef) && { initiator: nameOf(n.initiatingParticipantRef) },
  'choreography-event-gateway': n => is(n, 'EventBasedGateway') && (inside(n, 'Choreography') || inside(n, 'SubChoreography')) && (() => {
    const pairs = outgoing(n).map(flow => flow.targetRef).filter(target => is(target, 'ChoreographyTask')).map(firstMessage);
    const parties = end => [ ...new Set(pairs.map(pair => pair[end])) ].sort((one, other) => one.id < other.id ? -1 : 1).map(nameOf);
    return pairs.every(pair => pair) && parties(0).length > 1 && parties(1).length > 1 &&
      { senders: parties(0).join(', '), receivers: parties(1).join(', ') };
  })(),
  'name-length': n => is(n, 'FlowNode') && (n.name || '').length > 80 && { count: n.name.length }
};
