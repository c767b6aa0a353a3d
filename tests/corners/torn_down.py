# SPDX-License-Identifier: Apache-2.0
"""Corner cases of what was done inside an activity that an error, or the cancelling of a transaction, tears down."""

from __future__ import annotations

from tests.corners.corner import corner


def undone(activity: str) -> str:
    """Return an activity's compensation, by `u` and its name."""
    return f"boundary c{activity} | on {activity} | compensate\nuser u{activity} | undoes\nc{activity} ~ u{activity}\n"


A = "user a\n" + undone("a")
D = "user d\n" + undone("d")
FAILS = f"start i\n{A}end x | error E\ni > a\na > x\n"
BY_JOB = f"start i\n{A}service j | handler t\ni > a\na > j\n"
THROWS = "user a | instances 3 | sequential | throws numberOfCompletedInstances = 2 : error E\n" + undone("a")
CAUGHT = "boundary b | on p | error E\nuser l\ns > p\nb > l"

CASES = (
    corner(
        "error_undoes_what_it_leaves", "13.5.5.3", f"start s\nsub p {{\n{FAILS}}}\n{CAUGHT}", "complete a; complete ua", "p a x b ua l / l"
    ),
    corner("error_waits_for_the_handler", "13.5.5.3", f"start s\nsub p {{\n{FAILS}}}\n{CAUGHT}", "complete a", "p a x b ua / ua"),
    corner(
        "error_of_a_job_undoes_what_it_leaves",
        "13.5.5.3",
        f"start s\nsub p {{\n{BY_JOB}}}\n{CAUGHT}",
        "complete a; report j error E; complete ua",
        "p a j b ua l / l",
    ),
    corner(
        "error_undoes_in_reverse_order",
        "13.5.5.3",
        f"start s\nsub p {{\nstart i\n{A}{D}end x | error E\ni > a\na > d\nd > x\n}}\n{CAUGHT}",
        "complete a; complete d; complete ud; complete ua",
        "p a d x b ud ua l / l",
    ),
    corner(
        "error_undoes_on_each_level_that_it_leaves",
        "13.5.5.3",
        f"start s\nsub p {{\nstart k\n{D}sub o {{\n{FAILS}}}\nk > d\nd > o\n}}\n{CAUGHT}",
        "complete d; complete a; complete ua; complete ud",
        "p d o a x b ua ud l / l",
    ),
    corner(
        "error_leaves_what_its_event_sub_process_handles",
        "13.5.5.3",
        f"start s\nsub p {{\nstart k\n{D}sub o {{\n{FAILS}}}\nk > d\nd > o\nesp e {{\nstart r | error E\nuser h\nr > h\n}}\n}}\nuser z\ns > p\np > z",
        "complete d; complete a; complete ua; complete h",
        "p d o a x ua e h z / z",
    ),
    corner(
        "error_undoes_before_an_event_sub_process_starts",
        "13.5.5.3; semantics",
        f"start s\nsub p {{\n{FAILS}}}\ns > p\nesp e {{\nstart r | error E\nuser h\nr > h\n}}",
        "complete a",
        "p a x ua / ua",
    ),
    corner(
        "error_undoes_what_runs_beside",
        "13.5.5; semantics",
        f"start s\nsub p {{\nstart k\nand g\nsub o {{\nstart i\n{A}user w\ni > a\na > w\n}}\nuser f\nend x | error E\n"
        f"k > g\ng > o\ng > f\nf > x\n}}\n{CAUGHT}",
        "complete a; complete f; complete ua",
        "p o f a w x b ua l / l",
    ),
    corner(
        "error_undoes_in_all_instances",
        "13.5.5.3; semantics",
        f"start s\nsub p | instances 3 {{\n{BY_JOB}}}\n{CAUGHT}",
        "complete a; complete a; report j; report j error E; complete ua; complete ua",
        "p p* p* p* a a a j j b ua ua l / l",
    ),
    corner(
        "error_undoes_each_instance_with_its_own_variables",
        "13.5.5.3; 13.5.5",
        "start s\nsub p | each xs | as n | sequential {\nstart i\nscript a | is {}\nboundary c | on a | compensate\n"
        "script u | undoes | is {log: log * 10 + n}\nc ~ u\nservice j | handler t\ni > a\na > j\n}\n"
        "boundary b | on p | error E\nxor x\nuser l\nuser m\ns > p\nb > x\nx > l : log = 21\nx > m : default",
        "start {xs: [1, 2, 3], log: 0}; report j; report j error E",
        "p p* a j p* a j b u u l / l",
    ),
    corner(
        "error_undoes_each_round_of_a_loop",
        "13.5.5.3; 13.3.6",
        f"start s\nsub p | max 3 {{\n{BY_JOB}}}\n{CAUGHT}",
        "complete a; report j; complete a; report j error E; complete ua; complete ua",
        "p p* a j p* a j b ua ua l / l",
    ),
    corner(
        "error_undoes_what_people_began",
        "13.5.5.3; 13.3.5",
        f"start s\nadhoc p | until done {{\n{A}service j | handler t\n}}\n{CAUGHT}",
        "begin a; complete a {done: false}; begin j; report j error E; complete ua",
        "p a j b ua l / l",
    ),
    corner(
        "error_of_an_instance_that_is_done_undoes_it",
        "10.3.8; 13.5.5.3",
        f"start s\nsub p | instances 2 | first_throws error E {{\nstart i\n{A}i > a\n}}\n{CAUGHT}",
        "complete a; complete ua",
        "p p* p* a a b ua l / l",
    ),
    corner(
        "error_undoes_in_a_called_process",
        "13.5.5.3",
        f"process Q {{\n{FAILS}}}\nstart s\ncall p | calls Q\n{CAUGHT}",
        "complete a; complete ua",
        "p a x b ua l / l",
    ),
    corner(
        "error_leaves_a_transaction_inside_as_a_hazard",
        "10.3.5; semantics",
        f"start s\nsub p {{\nstart k\n{D}transaction t {{\n{FAILS}}}\nk > d\nd > t\n}}\n{CAUGHT}",
        "complete d; complete a; complete ud",
        "p d t a x b ud l / l",
    ),
    corner(
        "error_undoes_a_transaction_that_was_done",
        "13.5.5.3",
        f"start s\nsub p {{\nstart k\ntransaction t {{\nstart i\n{A}i > a\n}}\nend x | error E\nk > t\nt > x\n}}\n{CAUGHT}",
        "complete a; complete ua",
        "p t a x b ua l / l",
    ),
    corner(
        "error_undoes_inside_not_by_the_handler_outside",
        "13.5.5",
        f"start s\nsub p {{\nstart k\nsub o {{\n{FAILS}}}\nboundary co | on o | compensate\nuser uo | undoes\nco ~ uo\nk > o\n}}\n{CAUGHT}",
        "complete a; complete ua",
        "p o a x b ua l / l",
    ),
    corner(
        "error_undoes_inside_not_by_the_event_sub_process",
        "13.5.5",
        f"start s\nsub p {{\n{FAILS}esp y {{\nstart r | compensate\nuser h\nr > h\n}}\n}}\n{CAUGHT}",
        "complete a; complete ua",
        "p a x b ua l / l",
    ),
    corner(
        "error_from_an_event_sub_process_undoes_it_too",
        "13.5.5.3; semantics",
        f"start s\nsub p {{\nstart i\n{A}user w\ni > a\na > w\nesp y {{\nstart r | message M | keeps\n{D}end x | error E\nr > d\nd > x\n}}\n}}\n{CAUGHT}",
        "complete a; send M; complete d; complete ud; complete ua",
        "p a w y d x b ud ua l / l",
    ),
    corner(
        "error_in_a_handler_ends_the_undoing",
        "13.5.5; semantics",
        "start s\nsub p {\nstart i\n"
        + D
        + "user a\nboundary ca | on a | compensate\nservice ua | undoes | handler t\nca ~ ua\nend x | error E\ni > d\nd > a\na > x\n}\n"
        + CAUGHT,
        "complete d; complete a; report ua error E",
        "p d a x b ua b l / l",
    ),
    corner(
        "error_sees_what_the_sub_declared",
        "13.5.5.1",
        "start s\nsub p {\nobject n\nstart i\nscript a | is {n: 5}\nboundary c | on a | compensate\nscript u | undoes | is {out: n}\nc ~ u\n"
        "end x | error E\ni > a\na > x\n}\nboundary b | on p | error E\nxor g\nuser l\nuser m\ns > p\nb > g\ng > l : out = 5\ng > m : default",
        "start {out: 0}",
        "p a x b u l / l",
    ),
    corner(
        "error_of_an_instance_undoes_those_before_it",
        "13.5.5.3; semantics",
        f"start s\nsub p {{\nstart i\n{THROWS}i > a\n}}\n{CAUGHT}",
        "complete a; complete a; complete ua",
        "p a a* a* b ua l / l",
    ),
    corner(
        "timer_undoes_nothing",
        "13.5.3; semantics",
        f"start s\nsub p {{\nstart i\n{A}user w\ni > a\na > w\n}}\nboundary b | on p | timer PT1H\nuser l\ns > p\nb > l",
        "complete a; wait PT1H",
        "p a w b l / l",
    ),
    corner(
        "escalation_undoes_nothing",
        "10.5.6; semantics",
        f"start s\nsub p {{\nstart i\n{A}end x | escalation E\ni > a\na > x\n}}\nboundary b | on p | escalation E\nuser l\ns > p\nb > l",
        "complete a",
        "p a x b l / l",
    ),
    corner(
        "transaction_cancelled_undoes_what_is_inside_a_sub_that_runs",
        "13.5.5; 10.3.5",
        f"start s\ntransaction p {{\nstart i\nsub q {{\nstart j\n{A}end k | cancel\nj > a\na > k\n}}\ni > q\n}}\n"
        "boundary c | on p | cancel\nuser h\ns > p\nc > h",
        "complete a; complete ua",
        "p q a k ua c h / h",
    ),
)
