# SPDX-License-Identifier: Apache-2.0
"""Corner cases of events with several definitions: one of them is enough, all must come, or all are thrown."""

from __future__ import annotations

from tests.corners.corner import corner

ANY = "message M | timer PT1H | signal S | when n > 3"
ALL = "together | message M | timer PT1H | signal S | when n > 3"
MIXED = "start s | together | message M | %s\nuser a\ns > a"
CATCH = "start s\ncatch c | %s\nuser a\ns > c\nc > a"
HOST = "start s\nuser w\nuser n\nuser h\ns > w\nw > n\nb > h\nboundary b | on w | %s"
SUB = "start s\nsub p {\nstart i\n%s\n}\nuser n\nuser h\ns > p\np > n\nb > h\n"
ESP = "start s\nuser w\ns > w\nesp e {\nstart t | %s\nuser x\nt > x\n}"
THROW = "start s\nthrow t | %s\nuser a\ns > t\nt > a"
BEGINS = (
    "events g | instantiate%s\ncatch c | message M\ncatch d | message N\ncatch r | message O\nuser a\nuser b\nuser k\n"
    "g > c\ng > d\ng > r\nc > a\nd > b\nr > k"
)
GROUPS = (
    "events g | instantiate\ncatch c | message M\ncatch d | message N\nuser a\nuser b\ng > c\ng > d\nc > a\nd > b\n"
    "events h | instantiate\ncatch e | message P\ncatch i | message Q\nuser f\nh > e\nh > i\ne > f\ni > f"
)
DONE = "task d\nboundary u | on d | compensate\ntask r | undoes\nu ~ r\n"

CASES = (
    corner("any_catch_message", "10.5.4", CATCH % ANY, "send M", "c a / a"),
    corner("any_catch_timer", "10.5.4", CATCH % ANY, "wait PT1H", "c a / a"),
    corner("any_catch_signal", "10.5.4", CATCH % ANY, "signal S", "c a / a"),
    corner("any_catch_condition", "10.5.4", CATCH % ANY, "correct {n: 4}", "c a / a"),
    corner("any_catch_two_messages", "10.5.4", CATCH % "message M | message N", "send N", "c a / a"),
    corner("any_catch_two_times", "10.5.4", CATCH % "timer PT3H | date 2026-01-05T11:00:00Z", "wait PT2H", "c a / a"),
    corner(
        "any_catch_brings_its_data",
        "10.5.4",
        "start s\ncatch c | message M | signal S\nxor g\nuser a\nuser b\ns > c\nc > g\ng > a : n = 2\ng > b : default",
        "send M {n: 2}",
        "c a / a",
    ),
    corner("any_boundary_interrupts", "13.5.3", HOST % ANY, "signal S", "w b h / h"),
    corner("any_boundary_beside", "13.5.3", HOST % f"keeps | {ANY}", "send M; signal S; send M", "w b h b h b h / h h h w"),
    corner(
        "any_boundary_beside_a_time_comes_once",
        "13.5.3; semantics",
        HOST % f"keeps | {ANY}",
        "wait PT1H; send M",
        "w b h b h / h h w",
    ),
    corner(
        "any_boundary_beside_a_cycle_comes_again",
        "13.5.3",
        HOST % "keeps | message M | cycle R/PT1H",
        "wait PT1H; send M; wait PT1H",
        "w b h b h b h / h h h w",
    ),
    corner(
        "any_boundary_message_or_error_the_error",
        "table 10.92",
        (HOST % "message M | error E").replace("user w", "service w | handler j"),
        "report w error E",
        "w b h / h",
    ),
    corner(
        "any_boundary_message_or_error_the_message",
        "table 10.92",
        (HOST % "message M | error E").replace("user w", "service w | handler j"),
        "send M",
        "w b h / h",
    ),
    corner(
        "any_boundary_of_two_errors",
        "10.5.6",
        (HOST % "error E | error F").replace("user w", "service w | handler j"),
        "report w error F",
        "w b h / h",
    ),
    corner(
        "any_boundary_timer_or_escalation_beside",
        "13.5.3",
        SUB % "throw t | escalation X\nuser a\ni > t\nt > a" + "boundary b | on p | keeps | timer PT1H | escalation X",
        "wait PT1H",
        "p t b h a b h / a h h",
    ),
    corner(
        "any_boundary_cancel_or_message",
        "10.5.4",
        (SUB % "end x | cancel\ni > x" + "boundary b | on p | message M | cancel").replace("sub p", "transaction p"),
        "",
        "p x b h / h",
    ),
    corner("any_esp_interrupts", "13.5.4", ESP % ANY, "correct {n: 4}", "w e x / x"),
    corner("any_esp_goes_beside", "13.5.4", ESP % f"keeps | {ANY}", "send M; signal S", "w e x e x / w x x"),
    corner(
        "any_esp_message_or_error",
        "13.5.4",
        "start s\nsub p {\nstart i\nservice w | handler j\ni > w\nesp e {\nstart t | message M | error E\nuser x\nt > x\n}\n}\ns > p",
        "report w error E",
        "p w e x / x",
    ),
    corner(
        "any_behind_an_event_gateway",
        "10.6.6",
        "start s\nevents g\ncatch c | message M | signal S\ncatch d | timer PT1H\nuser a\nuser b\ns > g\ng > c\ng > d\nc > a\nd > b",
        "signal S",
        "c a / a",
    ),
    corner("any_start_message", "10.5.2", f"start s | {ANY}\nuser a\ns > a", "start s", "a / a"),
    corner("all_catch_one_is_not_enough", "10.5.4", CATCH % ALL, "send M", "c / c"),
    corner("all_catch_one_is_still_to_come", "10.5.4", CATCH % ALL, "send M; signal S; correct {n: 4}", "c / c"),
    corner("all_catch_in_the_order_drawn", "10.5.4", CATCH % ALL, "send M; wait PT1H; signal S; correct {n: 4}", "c a / a"),
    corner("all_catch_in_another_order", "10.5.4", CATCH % ALL, "correct {n: 4}; signal S; wait PT1H; send M", "c a / a"),
    corner(
        "all_catch_a_condition_that_held_has_come",
        "10.5.5; semantics",
        CATCH % ALL,
        "correct {n: 4}; correct {n: 1}; signal S; wait PT1H; send M",
        "c a / a",
    ),
    corner(
        "all_catch_a_condition_that_holds_already",
        "10.5.5; semantics",
        CATCH % "together | when n > 3 | message M",
        "start {n: 4}; send M",
        "c a / a",
    ),
    corner(
        "all_catch_brings_what_each_brought",
        "10.5.4; semantics",
        "start s\ncatch c | together | message M | message N\nxor g\nuser a\nuser b\ns > c\nc > g\ng > a : x + y = 3\ng > b : default",
        "send M {x: 1}; send N {y: 2}",
        "c a / a",
    ),
    corner(
        "all_catch_what_came_is_not_seen_before",
        "10.5.4; semantics",
        "start s\nand g\ncatch c | together | message M | message N\nuser w\nuser k\nxor h\nuser a\nuser b\ns > g\ng > c\ng > w\nc > k\nw > h\n"
        "h > a : x = 1\nh > b : default",
        "start {x: 0}; send M {x: 1}; complete w",
        "c w b / b c",
    ),
    corner("all_boundary_one_is_not_enough", "13.5.3", HOST % ALL, "send M; signal S; wait PT1H", "w / w"),
    corner("all_boundary_interrupts", "13.5.3", HOST % ALL, "send M; signal S; wait PT1H; correct {n: 4}", "w b h / h"),
    corner("all_boundary_ends_with_its_activity", "13.5.3", HOST % ALL, "send M; signal S; complete w", "w n / n"),
    corner(
        "all_boundary_beside_again_and_again",
        "13.5.3; semantics",
        HOST % "keeps | together | message M | signal S",
        "send M; signal S; signal S; send M",
        "w b h b h / h h w",
    ),
    corner(
        "all_boundary_beside_with_a_cycle",
        "13.5.3; semantics",
        HOST % "keeps | together | message M | cycle R/PT1H",
        "send M; wait PT1H; wait PT1H; send M",
        "w b h b h / h h w",
    ),
    corner(
        "all_boundary_beside_on_each_rise",
        "10.5.5; semantics",
        HOST % "keeps | together | message M | when n > 3",
        "start {n: 4}; send M; send M; correct {n: 1}; correct {n: 5}",
        "w b h b h / h h w",
    ),
    corner("all_esp_interrupts", "13.5.4", ESP % ALL, "send M; signal S; wait PT1H; correct {n: 4}", "w e x / x"),
    corner(
        "all_esp_goes_beside_again",
        "13.5.4; semantics",
        ESP % "keeps | together | message M | signal S",
        "signal S; send M; send M; signal S",
        "w e x e x / w x x",
    ),
    corner(
        "all_start_waits_for_the_others",
        "10.5.2; semantics",
        "start s | together | message M | message N\nuser a\ns > a",
        "start s by M",
        "/ s",
    ),
    corner(
        "all_start_begins_with_the_last",
        "10.5.2; semantics",
        "start s | together | message M | message N\nuser a\ns > a",
        "start s by N; send M",
        "a / a",
    ),
    corner("all_start_waits_for_a_signal", "10.5.2; semantics", MIXED % "signal S", "start s by M; signal S", "a / a"),
    corner("all_start_waits_for_a_time", "10.5.2; semantics", MIXED % "timer PT1H", "start s by M; wait PT1H", "a / a"),
    corner("all_start_waits_for_a_condition", "10.5.2; semantics", MIXED % "when n > 3", "start s by M; correct {n: 4}", "a / a"),
    corner("all_start_a_condition_holds_already", "10.5.2; semantics", MIXED % "when n > 3", "start s by M {n: 4}", "a / a"),
    corner("all_start_one_of_them_is_missing", "10.5.2; semantics", MIXED % "signal S | timer PT1H", "start s by M; signal S", "/ s"),
    corner("all_start_at_once", "10.5.2; semantics", "start s | together | message M | message N\nuser a\ns > a", "start s", "a / a"),
    corner(
        "all_start_arms_nothing_before",
        "10.5.2; semantics",
        "start s | together | message M | message N\nuser a\ns > a\nesp e {\nstart t | timer PT1H\nuser x\nt > x\n}",
        "start s by M; send N; wait PT1H",
        "a e x / x",
    ),
    corner("begins_by_a_receive_task", "10.3.3", "receive r | message M | instantiate\nuser a\nr > a", "start r", "r a / a"),
    corner(
        "begins_by_one_of_two_receive_tasks",
        "10.3.3; semantics",
        "receive r | message M | instantiate\nreceive q | message N | instantiate\nuser a\nuser b\nr > a\nq > b",
        "start q",
        "q b / b",
    ),
    corner("begins_by_the_first_event", "13.5.1", BEGINS % "", "start d {n: 1}", "d b / b"),
    corner("begins_by_a_receive_task_behind_a_gateway", "13.5.1", (BEGINS % "").replace("catch", "receive"), "start r", "r k / k"),
    corner(
        "begins_by_one_of_several_triggers_behind_a_gateway",
        "13.5.1",
        "events g | instantiate\ncatch c | message M | timer PT1H\ncatch d | signal S\nuser a\ng > c\ng > d\nc > a\nd > a",
        "start c",
        "c a / a",
    ),
    corner("begins_and_all_others_are_awaited", "10.6.6", BEGINS % " | kind Parallel", "start d", "d c r b / b c r"),
    corner(
        "begins_and_ends_only_with_all_others",
        "10.6.6",
        BEGINS % " | kind Parallel",
        "start c; complete a; send N; complete b",
        "c d r a b / r",
    ),
    corner(
        "begins_and_ends_with_the_last_of_all",
        "10.6.6",
        BEGINS % " | kind Parallel",
        "start c; complete a; send N; complete b; send O; complete k",
        "c d r a b k / completed",
    ),
    corner(
        "begins_and_one_of_the_other_gateway_must_come",
        "13.5.1",
        GROUPS,
        "start c; send P",
        "c a e f / a f",
    ),
    corner("begins_by_the_other_gateway", "13.5.1", GROUPS, "start e; complete f", "e f / g"),
    corner(
        "begins_and_arms_event_sub_processes",
        "13.5.4",
        BEGINS % "" + "\nesp e {\nstart t | signal S\nuser x\nt > x\n}",
        "start c; signal S",
        "c a e x / x",
    ),
    corner("throw_message_and_signal", "10.5.4", THROW % "message M | signal S", "", "t a / a"),
    corner(
        "throw_several_reach_a_parallel_branch",
        "10.5.4",
        "start s\nand g\nthrow t | signal S | signal T\ncatch c | signal S\ncatch d | signal T\nuser a\nuser b\nuser e\ns > g\ng > t\ng > c\ng > d\n"
        "t > a\nc > b\nd > e",
        "",
        "c d t b e a / a b e",
    ),
    corner(
        "throw_escalation_and_signal",
        "10.5.4",
        SUB % "throw t | escalation X | signal S\nuser a\ni > t\nt > a" + "boundary b | on p | keeps | escalation X",
        "",
        "p t b h a / a h",
    ),
    corner(
        "throw_several_ends_with_what_interrupts",
        "10.5.4; semantics",
        SUB % "throw t | escalation X | signal S\nuser a\ni > t\nt > a"
        + "boundary b | on p | signal S\nboundary c | on p | escalation X\nuser k\nc > k",
        "",
        "p t b h / h",
    ),
    corner(
        "throw_message_and_compensation",
        "10.5.4",
        f"start s\n{DONE}throw t | message M | compensate\nuser a\ns > d\nd > t\nt > a",
        "",
        "d t r a / a",
    ),
    corner(
        "throw_compensation_of_two_activities",
        "10.5.4",
        f"start s\n{DONE}task e\nboundary v | on e | compensate\ntask q | undoes\nv ~ q\ntask f\nboundary x | on f | compensate\ntask z | undoes\nx ~ z\n"
        "throw t | compensate d | compensate e\nuser a\ns > d\nd > e\ne > f\nf > t\nt > a",
        "",
        "d e f t q r a / a",
    ),
    corner("end_message_and_signal", "10.5.3", "start s\nend x | message M | signal S\ns > x", "", "x / completed"),
    corner(
        "end_message_and_terminate",
        "10.5.3",
        "start s\nand g\nuser w\nend x | terminate | message M\ns > g\ng > w\ng > x",
        "",
        "w x / completed",
    ),
    corner(
        "end_message_and_error", "10.5.3", SUB % "end x | error E | message M\ni > x" + "boundary b | on p | error E", "", "p x b h / h"
    ),
    corner(
        "end_error_that_nothing_catches_throws_nothing",
        "10.5.3; semantics",
        "start s\nand g\ncatch c | signal S\nuser a\nend x | signal S | error E\ns > g\ng > c\ng > x\nc > a",
        "",
        "c x uncaught_error@x / c x",
    ),
    corner(
        "end_signal_and_cancel",
        "10.5.3",
        "start s\nand f\ncatch c | signal S\nuser k\ntransaction p {\nstart i\nend x | signal S | cancel\ni > x\n}\nboundary b | on p | cancel\nuser h\n"
        "s > f\nf > c\nf > p\nc > k\nb > h",
        "",
        "c p x b k h / h k",
    ),
    corner(
        "end_escalation_and_message",
        "10.5.3",
        SUB % "end x | escalation X | message M\ni > x" + "boundary b | on p | keeps | escalation X",
        "",
        "p x b h n / h n",
    ),
)
