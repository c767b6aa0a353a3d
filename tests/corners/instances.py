# SPDX-License-Identifier: Apache-2.0
"""Corner cases of what several instances throw when they are done: the behaviors None, One and Complex."""

from __future__ import annotations

from tests.corners.corner import corner

THEN = "\nuser z\ns > a\na > z\n"
BESIDE = THEN + "boundary t | on a | keeps | signal S\nuser h\nt > h"
INSTEAD = THEN + "boundary t | on a | signal S\nuser h\nt > h"

CASES = (
    corner(
        "behavior_none_throws_for_each",
        "10.3.8",
        "start s\nuser a | instances 2 | all_throw signal S" + BESIDE,
        "complete a; complete a",
        "a a* a* t h t h z / h h z",
    ),
    corner(
        "behavior_none_that_interrupts_ends_all",
        "10.3.8; 13.5.3",
        "start s\nuser a | instances 3 | all_throw signal S" + INSTEAD,
        "complete a",
        "a a* a* a* t h / h",
    ),
    corner(
        "behavior_one_throws_for_the_first",
        "10.3.8",
        "start s\nuser a | instances 3 | first_throws signal S" + BESIDE,
        "complete a; complete a; complete a",
        "a a* a* a* t h z / h z",
    ),
    corner(
        "behavior_one_of_instances_in_a_row",
        "10.3.8",
        "start s\nuser a | instances 2 | sequential | first_throws escalation E"
        + THEN
        + "boundary t | on a | keeps | escalation E\nuser h\nt > h",
        "complete a",
        "a a* t h a* / a h",
    ),
    corner(
        "behavior_complex_by_count",
        "10.3.8",
        "start s\nuser a | instances 3 | throws numberOfCompletedInstances = 2 : signal S" + BESIDE,
        "complete a; complete a",
        "a a* a* a* t h / a h",
    ),
    corner(
        "behavior_complex_by_what_an_instance_yields",
        "10.3.8",
        "start s\nuser a | each xs | as x | collect ys | yields y | throws y < 5 : signal S | throws y > 5 : escalation E"
        + THEN
        + "boundary t | on a | keeps | signal S\nuser h\nt > h\nboundary u | on a | keeps | escalation E\nuser i\nu > i",
        "start {xs: [1, 2, 3]}; complete a {y: 9}; complete a {y: 1}; complete a {y: 6}",
        "a a* a* a* u i t h u i z / h i i z",
    ),
    corner(
        "behavior_complex_throws_two_in_order",
        "10.3.8",
        "start s\nuser a | instances 1 | throws true : escalation E | throws true : signal S"
        + THEN
        + "boundary t | on a | keeps | signal S\nuser h\nt > h\nboundary u | on a | keeps | escalation E\nuser i\nu > i",
        "complete a",
        "a a* u t i h z / h i z",
    ),
    corner(
        "behavior_complex_without_data",
        "10.3.8; semantics",
        "start s\nuser a | instances 2 | throws ok : signal S" + BESIDE,
        "complete a; retry a {ok: true}; complete a {ok: false}",
        "a a* a* condition@a t h z / h z",
    ),
    corner(
        "behavior_that_nothing_catches",
        "10.3.8; 10.5.6",
        "start s\ntask a | instances 2 | all_throw escalation E" + THEN,
        "",
        "a a* !E a* !E z / z",
    ),
    corner(
        "behavior_error_that_nothing_catches",
        "10.3.8; semantics",
        "start s\nuser a | instances 2 | first_throws error E" + THEN,
        "complete a",
        "a a* a* uncaught_error@a / a a",
    ),
    corner(
        "behavior_error_ends_all",
        "10.3.8; 10.5.6",
        "start s\nuser a | instances 3 | throws n = 2 : error E" + THEN + "boundary t | on a | error E\nuser h\nt > h",
        "complete a {n: 1}; complete a {n: 2}",
        "a a* a* a* t h / h",
    ),
    corner(
        "behavior_reaches_other_branches",
        "10.3.8; 10.5.6",
        "start s\nand g\nuser a | instances 2 | first_throws signal S\ncatch c | signal S\nuser z\ns > g\ng > a\ng > c\nc > z",
        "complete a",
        "a c a* a* z / a z",
    ),
    corner(
        "behavior_of_a_sub",
        "10.3.8",
        "start s\nsub a | instances 2 | all_throw signal S {\nstart i\nuser b\ni > b\n}" + BESIDE,
        "complete b; complete b",
        "a a* a* b b t h t h z / h h z",
    ),
    corner(
        "behavior_of_a_sub_that_is_interrupted_by_what_it_throws",
        "10.3.8; 13.5.3",
        "start s\nsub a | instances 2 | all_throw signal S {\nstart i\nuser b\ni > b\n}" + INSTEAD,
        "complete b",
        "a a* a* b b t h / h",
    ),
    corner(
        "behavior_and_completion_condition",
        "10.3.8; 13.3.7",
        "start s\nuser a | instances 3 | until numberOfCompletedInstances = 2 | all_throw signal S" + BESIDE,
        "complete a; complete a",
        "a a* a* a* t h t h z / h h z",
    ),
    corner(
        "behavior_message_goes_outside",
        "10.3.8",
        "start s\ntask a | instances 2 | all_throw message M" + THEN,
        "",
        "a a* a* z / z",
    ),
)
