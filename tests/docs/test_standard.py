# SPDX-License-Identifier: Apache-2.0
"""Every line of docs/reference/bpmn.md is true: what is executed is shown, what is refused or noted is found, what is kept changes no program."""

from collections import Counter
from pathlib import Path

import attrs
import pytest
from lxml import etree
from tests.docs import specimens

from egov_flow import kernel
from egov_flow.bpmn import BPMN, XSI
from egov_flow.checks import check
from egov_flow.checks.metamodel import OWN_TAGS, BpmnType, type_named, type_names, type_of_tag
from egov_flow.checks.standard import SELF, STATUSES, Line, instance_lines, lines, reference
from egov_flow.errors import blocking
from egov_flow.procedure import Procedure, read_files
from egov_flow.work import role_of

TESTS = Path(__file__).resolve().parents[1]
PAGE = TESTS.parent / "docs/reference/bpmn.md"
BY_STATUS = {status: [line for line in lines() if line.status == status] for status in STATUSES}


def of_status(*statuses: str) -> pytest.MarkDecorator:
    found = [line for status in statuses for line in BY_STATUS[status]]
    return pytest.mark.parametrize("line", found, ids=lambda line: line.name)


def procedure_of(text: str) -> Procedure:
    return read_files([("process.bpmn", text.encode())], "standard")


def found_in(text: str) -> Counter[tuple[object, ...]]:
    return Counter((f.code, f.severity, f.element, *sorted(f.arguments.items())) for f in check(procedure_of(text)))


def files_of(line: Line) -> list[tuple[str, str]]:
    """Return pairs of files: with what a line speaks of, and without."""
    if line.feature == SELF:
        return [specimens.with_element(line.type)]
    return list(specimens.with_feature(line.type, line.feature))


def test_the_page_is_made_from_the_lines():
    assert PAGE.read_text("utf-8") == reference() + "\n", "python -m egov_flow.checks.standard > docs/reference/bpmn.md"


def test_every_attribute_and_child_of_every_class_has_a_line():
    kinds = {name: type_named(name) for name in type_names()}
    inherited = {name: {f for p in kind.parents for f in features_of(type_named(p))} for name, kind in kinds.items()}
    own = {f"{name}.{f}" for name, kind in kinds.items() for f in {SELF, *features_of(kind)} - (inherited[name] - redefined(name))}

    assert {line.name for line in lines()} == own


def features_of(kind: BpmnType) -> set[str]:
    return {*kind.attributes, *(slot.tag for slot in kind.slots)}


def redefined(name: str) -> set[str]:
    """Return features that a class has anew although it inherits one of that name."""
    return {line.feature for line in lines() if line.type == name}


def test_no_cell_of_the_page_is_empty():
    rows = [row for row in PAGE.read_text("utf-8").splitlines() if row.startswith("| ") and not row.startswith("| |")]

    assert len(rows) > 450
    assert [row for row in rows if any(not cell.strip() for cell in row.strip("|").split("|"))] == []
    assert {line.status for line in lines()} == set(STATUSES)


@of_status("refused", "noted")
def test_what_is_not_acted_upon_is_told(line: Line):
    severities = ("error",) if line.status == "refused" else ("warning", "info")
    blanket = [of_type for of_type in lines() if of_type.type == line.type and of_type.feature == SELF and of_type.shown == line.shown]
    for with_it, without_it in files_of(line):
        base = specimens.with_element(line.type)[1] if blanket else without_it
        told = {(code, severity) for code, severity, *_ in found_in(with_it) - found_in(base)}
        assert told & {(line.shown, severity) for severity in severities}, (line.name, sorted(told))


@of_status("kept")
def test_what_is_kept_changes_no_program(line: Line):
    for with_it, without_it in files_of(line):
        assert told_by(with_it) == told_by(without_it)


def told_by(text: str) -> str:
    """Return the whole program of a file, but for the hash of the file."""
    return repr(attrs.evolve(kernel.compile(procedure_of(text), conditions="free"), sha256=""))


@of_status("executed")
def test_what_is_executed_is_shown_by_a_diagram_or_test_that_has_it(line: Line):
    if "::" in line.shown:
        file, _, name = line.shown.partition("::")
        source = (TESTS / file).read_text("utf-8")
        assert f"def {name}(" in source
        assert word_of(line) in source
        return
    folder = TESTS if "/" in line.shown else TESTS / "corners"
    assert line.name in features_in(folder / f"{line.shown}.bpmn")


DRAWN = [line for line in BY_STATUS["executed"] if line.feature != SELF and "::" not in line.shown]


@pytest.mark.parametrize("line", DRAWN, ids=lambda line: line.name)
def test_without_what_is_executed_its_diagram_means_something_else(line: Line):
    file = (TESTS if "/" in line.shown else TESTS / "corners") / f"{line.shown}.bpmn"

    assert acted_upon(without(file, line)) != acted_upon(file.read_text("utf-8").partition("?>")[2])


@pytest.mark.parametrize("line", instance_lines(), ids=lambda line: line.name)
def test_an_attribute_of_instances_is_shown_or_said_to_be_missing(line: Line):
    file, _, name = line.shown.partition("::")
    if name:
        assert f"def {name}(" in (TESTS / file).read_text("utf-8")
    elif line.status == "executed":
        assert (TESTS / "corners" / f"{line.shown}.bpmn").exists()
    else:
        assert line.status == "not there"


def word_of(line: Line) -> str:
    """Return what a test says when it speaks of a feature: the attribute or child, or the tag of the element."""
    kind = specimens.concrete(line.type)
    return line.feature if line.feature != SELF else OWN_TAGS.get(kind.name, kind.name[:1].lower() + kind.name[1:])


def features_in(file: Path) -> set[str]:
    """Return every class, attribute and child that a file has, at the class that defines it."""
    found: set[str] = set()
    for element, kind in kinds_in(etree.parse(file).getroot()).items():
        slots = (kind.slot(etree.QName(child).localname) for child in element.iterchildren(f"{{{BPMN}}}*"))
        present = {SELF, *map(str, element.attrib), *(slot.tag for slot in slots if slot is not None)}
        found |= {f"{name}.{feature}" for name in kind.kinds for feature in present}
    return found


def kinds_in(root: etree._Element) -> dict[etree._Element, BpmnType]:
    """Return the class of every element of a file."""
    definitions = type_of_tag("definitions")
    assert definitions is not None
    found = {root: definitions}
    for element in root.iter(f"{{{BPMN}}}*"):
        for child in element.iterchildren(f"{{{BPMN}}}*") if element in found else ():
            slot = found[element].slot(etree.QName(child).localname)
            stated = child.get(f"{{{XSI}}}type", "").rpartition(":")[2].removeprefix("t")
            kind = type_named(stated) or type_of_tag(etree.QName(child).localname)
            kind = kind or (type_named(slot.target) if slot is not None and not slot.is_reference else None)
            if kind is not None:
                found[child] = kind
    return found


def without(file: Path, line: Line) -> str:
    """Return a file without any attribute or child of the kind that a line speaks of."""
    root = etree.parse(file).getroot()
    kinds = kinds_in(root)
    for element, kind in kinds.items():
        if line.type in kind.kinds:
            element.attrib.pop(line.feature, None)
            for child in list(element.iterchildren(f"{{{BPMN}}}*")):
                slot = kind.slot(etree.QName(child).localname)
                if slot is not None and slot.tag == line.feature:
                    element.remove(child)
    return etree.tostring(root, encoding="unicode")


def acted_upon(text: str) -> tuple[object, ...]:
    """Return what is made of a file: the program or why there is none, and whose work its elements are."""
    procedure = procedure_of(text)
    roles = [(node.id, role_of(procedure, node.id)) for node in procedure.model.nodes()]
    refused = sorted(found.code for found in blocking(kernel.refusals(procedure)))
    return refused or told_by(text), roles
