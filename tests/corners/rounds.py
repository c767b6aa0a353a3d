# SPDX-License-Identifier: Apache-2.0
"""Corner cases of loops, several instances, and data."""

from __future__ import annotations

from tests.corners.corner import corner

THEN = "\nuser z\ns > a\na > z"

CASES = (
    corner("loop_until_false", "13.3.6", "start s\nuser a | while n < 2" + THEN, "complete a {n: 1}; complete a {n: 2}", "a a* a* z / z"),
    corner("loop_runs_once_at_least", "13.3.6", "start s\nuser a | while false" + THEN, "complete a", "a a* z / z"),
    corner("loop_tests_before", "13.3.6", "start s\nuser a | while false | before" + THEN, "", "a z / z"),
    corner("loop_maximum", "13.3.6", "start s\ntask a | max 3" + THEN, "", "a a* a* a* z / z"),
    corner(
        "loop_maximum_and_condition", "13.3.6", "start s\nuser a | while true | max 2" + THEN, "complete a; complete a", "a a* a* z / z"
    ),
    corner(
        "loop_counter",
        "10.3.8; semantics",
        "start s\nscript a | while loopCounter < 3 | is {n: loopCounter}\nxor x\nuser b\nuser c\ns > a\na > x\n"
        "x > b : n = 3\nx > c : default",
        "",
        "a a* a* a* b / b",
    ),
    corner(
        "loop_of_a_sub",
        "13.3.6",
        "start s\nsub a | max 2 {\nstart i\nuser b\ni > b\n}\nuser z\ns > a\na > z",
        "complete b; complete b",
        "a a* b a* b z / z",
    ),
    corner(
        "loop_interrupted",
        "13.5.3",
        "start s\nuser a | while true\nboundary t | on a | timer PT1H\nuser h\nuser z\ns > a\na > z\nt > h",
        "complete a; wait PT1H",
        "a a* a* t h / h",
    ),
    corner(
        "instances_parallel", "13.3.7", "start s\nuser a | instances 3" + THEN, "complete a; complete a; complete a", "a a* a* a* z / z"
    ),
    corner("instances_wait_for_all", "13.3.7", "start s\nuser a | instances 3" + THEN, "complete a; complete a", "a a* a* a* / a"),
    corner(
        "instances_sequential", "13.3.7", "start s\nuser a | instances 2 | sequential" + THEN, "complete a; complete a", "a a* a* z / z"
    ),
    corner("instances_one_at_a_time", "13.3.7", "start s\nuser a | instances 3 | sequential" + THEN, "complete a", "a a* a* / a"),
    corner("instances_none", "13.3.7", "start s\nuser a | instances 0" + THEN, "", "a z / z"),
    corner("instances_of_an_empty_list", "13.3.7", "start s\nuser a | each xs | as x" + THEN, "start {xs: []}", "a z / z"),
    corner("instances_of_no_list", "13.3.7; semantics", "start s\nuser a | each xs | as x" + THEN, "start {xs: 3}", "a instances@a / a"),
    corner("instances_negative", "13.3.7; semantics", "start s\nuser a | instances 0 - 1" + THEN, "", "a instances@a / a"),
    corner(
        "instances_each_has_its_item",
        "10.3.8",
        "start s\nscript a | each xs | as x | collect ys | yields y | is {y: x * 10}\nxor g\nuser b\nuser c\ns > a\n"
        "a > g\ng > b : ys = [10, 20, 30]\ng > c : default",
        "start {xs: [1, 2, 3]}",
        "a a* a* a* b / b",
    ),
    corner(
        "instances_outputs_in_order",
        "10.3.8",
        "start s\nuser a | each xs | as x | collect ys | yields y\nxor g\nuser b\nuser c\ns > a\na > g\n"
        "g > b : ys = [1, 2]\ng > c : default",
        "start {xs: [5, 6]}; complete a {y: 1}; complete a {y: 2}",
        "a a* a* b / b",
    ),
    corner(
        "instances_complete_early",
        "13.3.7",
        "start s\nuser a | instances 5 | until numberOfCompletedInstances >= 2" + THEN,
        "complete a; complete a",
        "a a* a* a* a* a* z / z",
    ),
    corner(
        "instances_complete_early_outputs",
        "13.3.7",
        "start s\nuser a | each xs | as x | collect ys | yields y | until y = 1\nxor g\nuser b\nuser c\ns > a\na > g\n"
        "g > b : ys = [1, null]\ng > c : default",
        "start {xs: [5, 6]}; complete a {y: 1}",
        "a a* a* b / b",
    ),
    corner(
        "instances_sequential_complete_early",
        "13.3.7",
        "start s\nuser a | instances 5 | sequential | until numberOfCompletedInstances >= 2" + THEN,
        "complete a; complete a",
        "a a* a* z / z",
    ),
    corner(
        "instances_interrupted_all",
        "13.5.3",
        "start s\nuser a | instances 3\nboundary t | on a | timer PT1H\nuser h\nuser z\ns > a\na > z\nt > h",
        "complete a; wait PT1H",
        "a a* a* a* t h / h",
    ),
    corner(
        "instances_interrupted_by_a_message",
        "13.5.3",
        "start s\nuser a | instances 3\nboundary t | on a | message M\nuser h\nuser z\ns > a\na > z\nt > h",
        "send M",
        "a a* a* a* t h / h",
    ),
    corner(
        "instances_boundary_beside",
        "13.5.3",
        "start s\nuser a | instances 2\nboundary t | on a | keeps | message M\nuser h\nuser z\ns > a\na > z\nt > h",
        "send M",
        "a a* a* t h / a a h",
    ),
    corner(
        "instances_of_a_sub",
        "13.3.7",
        "start s\nsub a | each xs | as x {\nstart i\nuser b\ni > b\n}\nuser z\ns > a\na > z",
        "start {xs: [1, 2]}; complete b; complete b",
        "a a* a* b b z / z",
    ),
    corner(
        "instances_of_a_call",
        "13.3.7",
        "start s\ncall a | calls Q | each xs | as x | in y = x | out r = y * 2 | collect rs | yields r\nxor g\nuser b\n"
        "user c\ns > a\na > g\ng > b : rs = [2, 4]\ng > c : default\nprocess Q {\nstart q\ntask t\nq > t\n}",
        "start {xs: [1, 2]}",
        "a a* a* t t b / b",
    ),
    corner(
        "instances_error_cancels_all",
        "13.5.5",
        "start s\nsub a | instances 2 {\nstart i\nuser b\nend x | error E\ni > b\nb > x\n}\n"
        "boundary t | on a | error E\nuser h\nuser z\ns > a\na > z\nt > h",
        "complete b",
        "a a* a* b b x t h / h",
    ),
    corner("instances_of_a_job", "13.3.7", "start s\nservice a | handler h | instances 2" + THEN, "report a; report a", "a a* a* z / z"),
    corner(
        "instances_of_a_receive_task",
        "13.3.7",
        "start s\nreceive a | message M | instances 2 | sequential" + THEN,
        "send M; send M",
        "a a* a* z / z",
    ),
    corner(
        "instances_inside_instances",
        "13.3.7",
        "start s\nsub a | instances 2 {\nstart i\nuser b | instances 2\ni > b\n}\nuser z\ns > a\na > z",
        "complete b; complete b; complete b; complete b",
        "a a* a* b b b* b* b* b* z / z",
    ),
    corner(
        "sub_variables_are_its_own",
        "10.4.1",
        "start s\nsub p {\nobject x\nstart i\nscript a | is {x: 5}\ni > a\n}\nxor g\nuser b\nuser c\ns > p\np > g\n"
        "g > b : x = 1\ng > c : default",
        "start {x: 1}",
        "p a b / b",
    ),
    corner(
        "inputs_are_local",
        "10.4.2; semantics",
        "start s\nscript a | in y = x + 1 | is {z: y}\nxor g\nuser b\nuser c\ns > a\na > g\ng > b : z = 2 and y = null\ng > c : default",
        "start {x: 1}",
        "a b / b",
    ),
    corner(
        "outputs_alone_pass_out",
        "10.4.2; semantics",
        "start s\nuser a | out r = v\nxor g\nuser b\nuser c\ns > a\na > g\ng > b : r = 7 and v = null\ng > c : default",
        "complete a {v: 7}",
        "a b / b",
    ),
    corner(
        "outputs_are_computed",
        "10.4.2",
        "start s\nuser a | out r = date(v)\nuser b\ns > a\na > b",
        'complete a {v: "2026-01-05"}',
        "a b / b",
    ),
    corner(
        "branches_share_variables",
        "10.4.1; semantics",
        "start s\nand g\nuser a\nuser b\nxor x\nuser c\nuser d\ns > g\ng > a\ng > b\nb > x\nx > c : n = 1\nx > d : default",
        "complete a {n: 1}; complete b",
        "a b c / c",
    ),
)
