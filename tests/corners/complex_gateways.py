# SPDX-License-Identifier: Apache-2.0
"""Corner cases of complex gateways: activation, the wait for reset, and what each gives (BPMN 2.0.2 table 13.5)."""

from __future__ import annotations

from tests.corners.corner import corner

THREE = "start s\nand g\nuser a\nuser b\nuser c\ns > g\ng > a\ng > b\ng > c\na > j\nb > j\nc > j\nuser d\n"
TWO_OF_THREE = THREE + "complex j | activates activationCount >= 2\n"
BY_STATE = "user e\nj > d : waitingForStart\nj > e : not(waitingForStart)"
TWO = "start s\nand g\nuser a\nuser b\ns > g\ng > a\ng > b\nuser d\ncomplex j | activates activationCount >= 1\na > j\n"
LOOP = (
    "start s\nxor x\nand g\nuser a\nuser b\nuser c\ncomplex j | activates activationCount >= 2\nuser d\nxor y\nend e\ns > x\nx > g\ng > a\ng > b\n"
    "g > c\na > j\nb > j\nc > j\nj > d\nd > y\ny > x : again\ny > e : default"
)
SPLIT = "start s\ncomplex j\nuser a\nuser b\nuser c\ns > j\nj > a : n > 1\nj > b : n > 2\nj > c : default"

CASES = (
    corner("complex_two_of_three", "13.4.5", TWO_OF_THREE + "j > d", "complete a; complete b", "a b c d / c d"),
    corner("complex_waits_below_its_count", "13.4.5", TWO_OF_THREE + "j > d", "complete a", "a b c / b c j"),
    corner("complex_reset_consumes_what_comes_late", "13.4.5", TWO_OF_THREE + "j > d", "complete a; complete b; complete c", "a b c d / d"),
    corner(
        "complex_reset_ends_with_the_case",
        "13.4.5",
        TWO_OF_THREE + "j > d",
        "complete c; complete a; complete d; complete b",
        "a b c d / completed",
    ),
    corner("complex_gives_by_its_state", "13.4.5", TWO_OF_THREE + BY_STATE, "complete a; complete b; complete c", "a b c d e / d e"),
    corner(
        "complex_asks_its_conditions_twice",
        "13.4.5",
        TWO_OF_THREE + "user e\nj > d : n > 1\nj > e : n > 2",
        "start {n: 2}; complete a; complete b; complete c {n: 3}",
        "a b c d d e / d d e",
    ),
    corner(
        "complex_default_at_the_reset",
        "13.4.5",
        TWO_OF_THREE + "user e\nj > d : waitingForStart\nj > e : default",
        "complete a; complete b; complete c",
        "a b c d e / d e",
    ),
    corner(
        "complex_starts_again_after_the_reset",
        "13.4.5",
        LOOP,
        "complete a; complete b; complete c; complete d {again: true}; complete a; complete c",
        "a b c d a b c d / b d",
    ),
    corner(
        "complex_waits_for_reset_with_new_tokens_there",
        "13.4.5",
        LOOP,
        "complete a; complete b; complete d {again: true}; complete a; complete b",
        "a b c d a b c / c c j j",
    ),
    corner(
        "complex_starts_at_once_with_what_was_left",
        "13.4.5",
        LOOP,
        "complete a; complete b; complete d {again: true}; complete a; complete b; complete c",
        "a b c d a b c d / c d",
    ),
    corner(
        "complex_does_not_wait_for_what_cannot_come",
        "13.4.5",
        "start s\nor g\nuser a\nuser b\nuser c\ns > g\ng > a : true\ng > b : true\ng > c : n > 5\na > j\nb > j\nc > j\nuser d\n"
        "complex j | activates activationCount >= 1\n" + BY_STATE,
        "start {n: 0}; complete a; complete b",
        "a b d e / d e",
    ),
    corner(
        "complex_resets_when_the_last_token_goes_elsewhere",
        "13.4.5",
        TWO + "xor x\nuser f\nb > x\nx > j : n > 1\nx > f : default\n" + BY_STATE,
        "complete a; complete b {n: 0}",
        "a b d f e / d e f",
    ),
    corner(
        "complex_counts_each_flow",
        "13.4.5",
        THREE + "complex j | activates a_j.activationCount >= 1 and activationCount >= 2\nj > d",
        "complete b; complete c; complete a",
        "a b c d / d",
    ),
    corner(
        "complex_looks_at_data",
        "13.4.5",
        TWO.replace("activationCount >= 1", "urgent") + "b > j\nuser x\ng > x\nj > d",
        "start {urgent: false}; complete a; complete x {urgent: true}",
        "a b x d / b d",
    ),
    corner(
        "complex_condition_without_data",
        "13.4.5; semantics",
        THREE + "complex j | activates activationCount >= n\nj > d",
        "complete a; retry j {n: 1}",
        "a b c condition@j d / b c d",
    ),
    corner(
        "complex_condition_that_data_spoil_while_it_waits",
        "13.4.5; semantics",
        THREE + "complex j | activates activationCount >= n\nuser x\ng > x\nj > d",
        "start {n: 2}; complete a; complete x {n: null}; complete b {n: 2}",
        "a b c x d / c d",
    ),
    corner(
        "complex_nothing_holds",
        "13.4.5",
        TWO + "b > j\nuser e\nj > d : waitingForStart and n > 5\nj > e : waitingForStart and n > 6",
        "start {n: 0}; complete a; retry j {n: 6}; complete b",
        "a b condition@j d / d",
    ),
    corner(
        "complex_reset_that_cannot_be_decided",
        "13.4.5; semantics",
        TWO + "b > j\nuser e\nj > d : waitingForStart or n > 1\nj > e : not(waitingForStart)",
        "complete a; complete b; retry j {n: 2}",
        "a b d condition@j d e / d d e",
    ),
    corner(
        "complex_that_is_never_activated",
        "13.4.5; semantics",
        THREE.replace("user", "task") + "complex j | activates activationCount >= 4\nj > d",
        "",
        "a b c stuck@j stuck@j stuck@j / j j j",
    ),
    corner(
        "complex_split",
        "13.4.5",
        SPLIT,
        "start {n: 3}",
        "a b / a b",
    ),
    corner(
        "complex_split_default",
        "13.4.5",
        SPLIT,
        "start {n: 0}",
        "c / c",
    ),
    corner(
        "complex_over_one_flow",
        "13.4.5",
        "start s\nand g\ntask a\ntask b\nxor m\nuser d\ncomplex j | activates activationCount >= 1\ns > g\ng > a\ng > b\na > m\nb > m\nm > j\nj > d",
        "",
        "a b d d / d d",
    ),
    corner(
        "complex_counts_tokens_not_flows",
        "13.4.5",
        "start s\nand g\ntask a\ntask b\nuser c\nxor m\nuser d\ncomplex j | activates activationCount >= 2\ns > g\ng > a\ng > b\ng > c\n"
        "a > m\nb > m\nm > j\nc > j\nj > d",
        "",
        "a b c d / c d j",
    ),
    corner(
        "complex_resets_before_its_sub_ends",
        "13.4.5",
        "start s\nsub p {\nstart i\nand g\ntask a\ntask b\ni > g\ng > a\ng > b\na > j\nb > j\ncomplex j | activates activationCount >= 1\ntask d\ntask e\n"
        "j > d : waitingForStart\nj > e : not(waitingForStart)\n}\nuser z\ns > p\np > z",
        "",
        "p a b d e z / z",
    ),
    corner(
        "complex_forgets_its_start_when_interrupted",
        "13.4.5; 13.5.3",
        "start s\nxor x\nsub p {\nstart i\nand g\nuser a\nuser b\ni > g\ng > a\ng > b\na > j\nb > j\n"
        "complex j | activates activationCount >= 1\nuser d\nj > d\n}\n"
        "boundary t | on p | message M\nend z\ns > x\nx > p\np > z\nt > x",
        "complete a; send M; complete b",
        "p a b d t p a b d / a d",
    ),
    corner(
        "complex_resets_before_an_or_join_fires",
        "13.4.5; semantics",
        "start s\nand g\ntask a\ntask b\ntask c\ncomplex j | activates activationCount >= 1\ntask d\ntask e\nor k\nuser z\ns > g\ng > c\n"
        "g > a\ng > b\nc > k\na > j\nb > j\nj > d : waitingForStart\nj > e : not(waitingForStart)\nd > k\ne > k\nk > z",
        "",
        "c a b d e z / z",
    ),
)
