# SPDX-License-Identifier: Apache-2.0
"""Corner cases of sequence flows and gateways."""

from __future__ import annotations

from tests.corners.corner import corner

CASES = (
    corner("xor_first_true", "13.4.2", "start s\nxor x\nuser a\nuser b\ns > x\nx > a : n > 1\nx > b : n > 0", "start {n: 2}", "a / a"),
    corner("xor_default", "13.4.2", "start s\nxor x\nuser a\nuser b\ns > x\nx > a : n > 1\nx > b : default", "start {n: 0}", "b / b"),
    corner(
        "xor_nothing_holds",
        "13.4.2",
        "start s\nxor x\nuser a\nuser b\ns > x\nx > a : n > 1\nx > b : n > 5",
        "start {n: 0}",
        "condition@x / x",
    ),
    corner(
        "xor_merge_passes_each",
        "13.4.2",
        "start s\nand g\nxor x\nuser a\nend e\ns > g\ng > x\nxor y\ng > y\ny > x\nx > a\na > e",
        "",
        "a a / a a",
    ),
    corner(
        "and_split_and_join",
        "13.4.1",
        "start s\nand g\nuser a\nuser b\nand j\nuser c\ns > g\ng > a\ng > b\na > j\nb > j\nj > c",
        "complete a; complete b",
        "a b c / c",
    ),
    corner(
        "and_join_waits",
        "13.4.1",
        "start s\nand g\nuser a\nuser b\nand j\nuser c\ns > g\ng > a\ng > b\na > j\nb > j\nj > c",
        "complete a",
        "a b / b j",
    ),
    corner(
        "and_join_keeps_surplus",
        "13.4.1",
        """start s
        and g
        task a
        task b
        xor x
        user c
        and j
        user d
        s > g
        g > a
        g > b
        g > c
        a > x
        b > x
        x > j
        c > j
        j > d""",
        "complete c",
        "a b c d stuck@j / d j".replace("stuck@j / d j", "/ d j"),
    ),
    corner(
        "and_join_can_never_complete",
        "13.4.1; semantics",
        "start s\nxor x\ntask a\ntask b\nand j\nuser c\ns > x\nx > a : true\nx > b : default\na > j\nb > j\nj > c",
        "",
        "a stuck@j / j",
    ),
    corner("implicit_split", "13.2", "start s\nuser a\nuser b\nuser c\ns > a\na > b\na > c", "complete a", "a b c / b c"),
    corner("implicit_merge", "13.2", "start s\nand g\ntask a\ntask b\nuser c\ns > g\ng > a\ng > b\na > c\nb > c", "", "a b c c / c c"),
    corner("implicit_end", "13.3.2", "start s\ntask a\ns > a", "", "a / completed"),
    corner("implicit_start", "10.5.2", "user a\nuser b\nand j\na > j\nb > j", "", "a b / a b"),
    corner(
        "two_flows_between_the_same",
        "13.4.1",
        "start s\nand g\nuser a\nand j\nuser b\ns > g\ng > a\na > j\ng > j\nj > b",
        "complete a",
        "a b / b",
    ),
    corner(
        "conditional_flow_of_a_task",
        "13.3.2",
        "start s\nuser a\nuser b\nuser c\ns > a\na > b : n > 1\na > c : default",
        "complete a {n: 2}",
        "a b / b",
    ),
    corner(
        "conditional_flows_both",
        "13.3.2",
        "start s\nuser a\nuser b\nuser c\ns > a\na > b : n > 1\na > c : n > 0",
        "complete a {n: 2}",
        "a b c / b c",
    ),
    corner(
        "default_flow_of_a_task",
        "13.3.2",
        "start s\nuser a\nuser b\nuser c\ns > a\na > b : n > 1\na > c : default",
        "complete a {n: 0}",
        "a c / c",
    ),
    corner(
        "unconditional_beside_conditional",
        "13.3.2",
        "start s\nuser a\nuser b\nuser c\ns > a\na > b : n > 1\na > c",
        "complete a {n: 0}",
        "a c / c",
    ),
    corner(
        "or_split_two_of_three",
        "13.4.3",
        "start s\nor g\nuser a\nuser b\nuser c\ns > g\ng > a : n > 0\ng > b : n > 1\ng > c : n > 2",
        "start {n: 2}",
        "a b / a b",
    ),
    corner(
        "or_join_waits_for_what_can_come",
        "13.4.3",
        """start s
        or g
        user a
        user b
        user c
        or j
        user d
        s > g
        g > a : true
        g > b : true
        g > c : false
        a > j
        b > j
        c > j
        j > d""",
        "complete a; complete b",
        "a b d / d",
    ),
    corner(
        "or_join_waits",
        "13.4.3",
        """start s
        or g
        user a
        user b
        or j
        user d
        s > g
        g > a : true
        g > b : true
        a > j
        b > j
        j > d""",
        "complete a",
        "a b / b j",
    ),
    corner(
        "or_join_one_branch_only",
        "13.4.3",
        "start s\nor g\nuser a\nuser b\nor j\nuser d\ns > g\ng > a : true\ng > b : false\na > j\nb > j\nj > d",
        "complete a",
        "a d / d",
    ),
    corner(
        "or_join_waits_through_a_loop",
        "13.4.3",
        """start s
        or g
        user a
        xor m
        user b
        xor x
        or j
        user d
        s > g
        g > a : true
        g > m : true
        m > b
        b > x
        x > m : again
        x > j : default
        a > j
        j > d""",
        "complete a; complete b {again: true}; complete b {again: false}",
        "a b b d / d",
    ),
    corner(
        "or_join_does_not_wait_for_a_token_that_passed",
        "13.4.3",
        """start s
        and g
        task a
        user k
        or j
        user d
        end e
        s > g
        g > a
        g > k
        a > j
        xor z
        z > j
        j > d
        k > e""",
        "",
        "a k d / d k",
    ),
    corner(
        "or_join_waits_for_a_boundary_event",
        "13.4.3",
        """start s
        and g
        task a
        user k
        boundary b | on k | timer PT1H
        or j
        user d
        end e
        s > g
        g > a
        g > k
        a > j
        b > j
        k > e
        j > d""",
        "",
        "a k / j k",
    ),
    corner(
        "or_join_fires_when_the_boundary_event_cannot_come",
        "13.4.3",
        """start s
        and g
        task a
        user k
        boundary b | on k | timer PT1H
        or j
        user d
        end e
        s > g
        g > a
        g > k
        a > j
        b > j
        k > e
        j > d""",
        "complete k",
        "a k d / d",
    ),
    corner(
        "or_join_waits_for_a_link",
        "13.4.3, 10.5.5",
        """start s
        and g
        task a
        user k
        throw t | link L
        catch c | link L
        or j
        user d
        s > g
        g > a
        g > k
        a > j
        k > t
        c > j
        j > d""",
        "complete k",
        "a k t c d / d",
    ),
    corner(
        "two_or_joins_in_a_row",
        "13.4.3",
        """start s
        or g
        task a
        task b
        user c
        or o
        task d
        or p
        user e
        s > g
        g > a : true
        g > b : true
        g > c : true
        a > o
        b > o
        o > d
        d > p
        c > p
        p > e""",
        "complete c",
        "a b c d e / e",
    ),
    corner(
        "or_joins_that_wait_for_each_other",
        "13.4.3; semantics",
        """start s
        and g
        task a
        task b
        or o
        or p
        user x
        user y
        s > g
        g > a
        g > b
        a > o
        b > p
        o > x
        x > p
        p > y
        y > o""",
        "",
        "a b stuck@o stuck@p / o p",
    ),
    corner(
        "events_first_wins",
        "13.4.4",
        "start s\nevents g\ncatch m | message M\ncatch t | timer PT1H\nuser a\nuser b\ns > g\ng > m\ng > t\nm > a\nt > b",
        "send M",
        "m a / a",
    ),
    corner(
        "events_timer_wins",
        "13.4.4",
        "start s\nevents g\ncatch m | message M\ncatch t | timer PT1H\nuser a\nuser b\ns > g\ng > m\ng > t\nm > a\nt > b",
        "wait PT1H",
        "t b / b",
    ),
    corner(
        "events_receive_task",
        "10.6.6",
        "start s\nevents g\nreceive m | message M\ncatch t | timer PT1H\nuser a\nuser b\ns > g\ng > m\ng > t\nm > a\nt > b",
        "send M",
        "m a / a",
    ),
    corner(
        "events_signal",
        "13.4.4",
        "start s\nevents g\ncatch m | signal S\ncatch t | timer PT1H\nuser a\nuser b\ns > g\ng > m\ng > t\nm > a\nt > b",
        "signal S",
        "m a / a",
    ),
    corner(
        "events_condition",
        "13.4.4",
        "start s\nevents g\ncatch m | when n > 3\ncatch t | timer PT1H\nuser a\nuser b\ns > g\ng > m\ng > t\nm > a\nt > b",
        "start {n: 1}; correct {n: 4}",
        "m a / a",
    ),
    corner(
        "events_condition_that_holds_already",
        "13.4.4; semantics",
        "start s\nevents g\ncatch m | when n > 3\ncatch t | timer PT1H\nuser a\nuser b\ns > g\ng > m\ng > t\nm > a\nt > b",
        "start {n: 4}",
        "m a / a",
    ),
    corner(
        "loop_by_gateways",
        "13.4.2",
        "start s\nxor m\ntask a\nxor x\nuser b\ns > m\nm > a\na > x\nx > m : false\nx > b : default",
        "",
        "a b / b",
    ),
    corner(
        "mixed_gateway",
        "10.6",
        "start s\nand g\ntask a\ntask b\nand m\nuser c\nuser d\ns > g\ng > a\ng > b\na > m\nb > m\nm > c\nm > d",
        "",
        "a b c d / c d",
    ),
    corner(
        "or_join_does_not_wait_for_a_token_that_may_come_either_way",
        "13.4.3",
        """start s
        and g
        task a
        user k
        xor x
        task b
        or j
        user d
        s > g
        g > a
        g > k
        k > x
        x > a : n = 1
        x > b : default
        a > j
        b > j
        j > d""",
        "",
        "a k d / d k",
    ),
    corner(
        "xor_null_is_no_answer",
        "13.4.2; semantics",
        "start s\nxor x\nuser a\nuser b\ns > x\nx > a : missing > 1\nx > b : default",
        "",
        "condition@x / x",
    ),
)
