# SPDX-License-Identifier: Apache-2.0
"""Read a BPMN file: everything it says, with the place of each thing, and a finding for whatever cannot be understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from egov_flow import xml
from egov_flow.bpmn._content import associations, content, groups, text_annotations
from egov_flow.bpmn._diagram import diagrams
from egov_flow.bpmn._references import dangling
from egov_flow.bpmn._roots import Roots, correlation_keys, read_roots, subscriptions
from egov_flow.bpmn._source import MAX_FINDINGS, Source, name_only
from egov_flow.bpmn._vendors import vendor
from egov_flow.bpmn._vocabulary import survey
from egov_flow.bpmn.model import Collaboration, Definitions, MessageFlow, Participant, Process
from egov_flow.bpmn.namespaces import BPMN, namespace_of
from egov_flow.errors import Finding, ProcedureError
from egov_flow.xml import Element

__all__ = ["MAX_FINDINGS", "read"]

ORDER = {"error": 0, "warning": 1, "info": 2}


def read(source: bytes, file: str) -> Definitions:
    """Read a BPMN 2.0 file; never raises for what is in it.

    A file that the XML gate refuses, or that is no BPMN 2.0 at all, gives Definitions that hold the finding and nothing else. Otherwise the
    model is what the file says, and `findings` (in the order of the file, at most 500) tell what is wrong with it.
    """
    try:
        document = xml.read(source, file)
    except ProcedureError as error:
        return Definitions(file=file, source=source, findings=error.findings)
    reader = Source(document)
    if not _is_bpmn(reader):
        return Definitions(file=file, source=source, findings=tuple(reader.findings))
    model, ids = _read(reader, document.root)
    reader.note(dangling(model, ids))
    return attrs.evolve(model, findings=_sorted(reader, model))


def _is_bpmn(source: Source) -> bool:
    root = source.document.root
    namespace, tag = namespace_of(root.tag)
    if (namespace, tag) == (BPMN, "definitions"):
        return True
    if "/spec/DMN/" in namespace:
        source.report("EF-B002", root)
    elif namespace != BPMN and ("/BPMN/" in namespace or "bpmi.org" in namespace):
        source.report("EF-B003", root, namespace=namespace)
    else:
        source.report("EF-B001", root, root=tag)
    return False


def _read(source: Source, root: Element) -> tuple[Definitions, frozenset[str]]:
    roots = read_roots(source, root)
    words = survey(source, root)
    collaborations = list(source.children(root, "collaboration"))
    processes = tuple(_process(source, element, roots) for element in source.children(root, "process"))
    if not processes:
        source.report("EF-B004", root)
    model = Definitions(
        file=source.document.file,
        source=source.document.source,
        processes=processes,
        participants=tuple(_participants(source, collaborations)),
        message_flows=tuple(_message_flows(source, collaborations)),
        collaborations=tuple(_collaboration(source, element, roots) for element in collaborations),
        roots=tuple(roots.elements.values()),
        diagrams=diagrams(source, root),
        expression_language=root.get("expressionLanguage", ""),
        exporter=" ".join(filter(None, (root.get("exporter"), root.get("exporterVersion")))),
        origin=source.origin(root),
        unread=words.unread,
    )
    return model, words.ids


def _process(source: Source, element: Element, roots: Roots) -> Process:
    stated = element.get("isExecutable") is not None
    return Process(
        id=element.get("id", ""),
        name=element.get("name", ""),
        is_executable=source.flag(element, "isExecutable", default=False) if stated else None,
        content=content(source, element, roots),
        subscriptions=tuple(subscriptions(source, element)),
        documentation=source.documentation(element),
        origin=source.origin(element),
        vendor=vendor(source, element),
    )


def _participants(source: Source, collaborations: Iterable[Element]) -> Iterator[Participant]:
    for collaboration in collaborations:
        for element in source.children(collaboration, "participant"):
            yield Participant(
                id=element.get("id", ""),
                name=element.get("name", ""),
                process=name_only(element.get("processRef")),
                origin=source.origin(element),
            )


def _message_flows(source: Source, collaborations: Iterable[Element]) -> Iterator[MessageFlow]:
    for collaboration in collaborations:
        for element in source.children(collaboration, "messageFlow"):
            yield MessageFlow(
                id=element.get("id", ""),
                source=source.required(element, "sourceRef"),
                target=source.required(element, "targetRef"),
                name=element.get("name", ""),
                message=name_only(element.get("messageRef")),
                origin=source.origin(element),
            )


def _collaboration(source: Source, element: Element, roots: Roots) -> Collaboration:
    return Collaboration(
        id=element.get("id", ""),
        name=element.get("name", ""),
        keys=tuple(correlation_keys(source, element)),
        associations=associations(source, element),
        annotations=text_annotations(source, element),
        groups=groups(source, element, roots),
        origin=source.origin(element),
    )


def _sorted(source: Source, model: Definitions) -> tuple[Finding, ...]:
    """Return each finding once, in the order of the file; of too many, the most severe."""
    once = list({(f.code, f.place, f.element, *f.arguments.values()): f for f in source.findings}.values())
    left_out = source.counts.total() - len(source.findings) + max(0, len(once) - MAX_FINDINGS)
    if left_out:
        once.sort(key=lambda f: ORDER[f.severity])
        once = [Finding.of("EF-B028", model.origin.place, count=left_out), *once[:MAX_FINDINGS]]
    return tuple(sorted(once, key=lambda f: (f.place.line, f.place.column)))
