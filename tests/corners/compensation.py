# SPDX-License-Identifier: Apache-2.0
"""Corner cases of compensation and transactions: handlers, what throws, their order, what is inside what, errors, and cancelling."""

from __future__ import annotations

from tests.corners.corner import corner

DONE = "boundary c%s | on %s | compensate\nuser u%s | undoes\nc%s ~ u%s\n"
A, B, P = (DONE % ((name,) * 5) for name in "abp")
TWO = f"start s\nuser a\nuser b\n{A}{B}s > a\na > b\n"
TRIP = f"start s\ntransaction p {{\nstart i\nuser a\n{A}user b\n{B}xor x\nend k | cancel\nend e\ni > a\na > b\nb > x\nx > k : full\nx > e : default\n}}\n"

CASES = (
    corner(
        "undo_one_activity",
        "13.5.5",
        f"{TWO}throw t | compensate a\nuser n\nb > t\nt > n",
        "complete a; complete b; complete ua",
        "a b t ua n / n",
    ),
    corner(
        "undo_all_in_reverse_order",
        "10.5.5",
        f"{TWO}throw t | compensate\nuser n\nb > t\nt > n",
        "complete a; complete b; complete ub; complete ua",
        "a b t ub ua n / n",
    ),
    corner(
        "undo_by_an_end_event",
        "10.5.3",
        f"{TWO}end t | compensate\nb > t",
        "complete a; complete b; complete ub; complete ua",
        "a b t ub ua / completed",
    ),
    corner(
        "undo_waits_for_the_handler",
        "13.5.5",
        f"{TWO}throw t | compensate a\nuser n\nb > t\nt > n",
        "complete a; complete b",
        "a b t ua / ua",
    ),
    corner(
        "undo_without_waiting",
        "13.5.5",
        f"{TWO}throw t | compensate on\nuser n\nb > t\nt > n",
        "complete a; complete b",
        "a b t n ub / n ub",
    ),
    corner(
        "undo_without_waiting_holds_the_process",
        "13.5.5",
        f"{TWO}end t | compensate on\nb > t",
        "complete a; complete b; complete ub",
        "a b t ub ua / ua",
    ),
    corner(
        "undo_what_was_not_done",
        "13.5.5",
        f"start s\nand g\nuser a\n{A}throw t | compensate a\nuser n\ns > g\ng > a\ng > t\nt > n",
        "",
        "a t n / a n",
    ),
    corner(
        "undo_only_once",
        "13.5.5",
        f"{TWO}throw t | compensate a\nthrow r | compensate a\nuser n\nb > t\nt > r\nr > n",
        "complete a; complete b; complete ua",
        "a b t ua r n / n",
    ),
    corner(
        "undo_each_time_that_it_was_done",
        "13.5.5",
        f"start s\nuser a\n{A}xor x\nthrow t | compensate a\nuser n\ns > a\na > x\nx > a : again\nx > t : default\nt > n",
        "complete a {again: true}; complete a {again: false}; complete ua; complete ua",
        "a a t ua ua n / n",
    ),
    corner(
        "undo_in_the_order_of_completion",
        "10.5.5; semantics",
        f"start s\nand g\nuser a\nuser b\n{A}{B}and j\nthrow t | compensate\nuser n\ns > g\ng > a\ng > b\na > j\nb > j\nj > t\nt > n",
        "complete b; complete a; complete ua; complete ub",
        "a b t ua ub n / n",
    ),
    corner(
        "undo_handler_outside_a_sub",
        "13.5.5",
        f"start s\nsub p {{\nstart i\nuser a\n{A}i > a\n}}\n{P}throw t | compensate p\nuser n\ns > p\np > t\nt > n",
        "complete a; complete up",
        "p a t up n / n",
    ),
    corner(
        "undo_what_is_inside_a_sub",
        "13.5.5",
        f"start s\nsub p {{\nstart i\nuser a\nuser b\n{A}{B}i > a\na > b\n}}\nthrow t | compensate p\nuser n\ns > p\np > t\nt > n",
        "complete a; complete b; complete ub; complete ua",
        "p a b t ub ua n / n",
    ),
    corner(
        "undo_nested_subs_in_reverse_order",
        "13.5.5",
        f"start s\nuser a\n{A}sub p {{\nstart i\nsub q {{\nstart k\nuser b\n{B}k > b\n}}\ni > q\n}}\nthrow t | compensate\nuser n\n"
        "s > a\na > p\np > t\nt > n",
        "complete a; complete b; complete ub; complete ua",
        "a p q b t ub ua n / n",
    ),
    corner(
        "undo_by_an_event_sub_process",
        "13.5.5",
        "start s\nsub p {\nobject d\nstart i\nscript a | is {d: 7}\ni > a\nesp e {\nstart c | compensate\nuser h\nxor x\nuser k\n"
        "end z\nc > h\nh > x\n"
        "x > k : d = 7\nx > z : default\n}\n}\nthrow t | compensate p\nuser n\ns > p\np > t\nt > n",
        "complete h; complete k",
        "p a t e h k n / n",
    ),
    corner(
        "undo_event_sub_process_that_undoes_what_is_inside",
        "13.5.5",
        f"start s\nsub p {{\nstart i\nuser a\n{A}i > a\nesp e {{\nstart c | compensate\nthrow r | compensate\nuser h\nc > r\nr > h\n"
        f"}}\n}}\n"
        "throw t | compensate p\nuser n\ns > p\np > t\nt > n",
        "complete a; complete ua; complete h",
        "p a t e r ua h n / n",
    ),
    corner(
        "undo_event_sub_process_instead_of_what_is_inside",
        "13.5.5",
        f"start s\nsub p {{\nstart i\nuser a\n{A}i > a\nesp e {{\nstart c | compensate\nuser h\nc > h\n}}\n}}\n"
        "throw t | compensate p\nuser n\ns > p\np > t\nt > n",
        "complete a; complete h",
        "p a t e h n / n",
    ),
    corner(
        "undo_only_what_is_visible",
        "10.5.5",
        f"start s\nuser a\n{A}sub p {{\nstart i\nthrow t | compensate\nuser b\ni > t\nt > b\n}}\ns > a\na > p",
        "complete a",
        "a p t b / b",
    ),
    corner(
        "undo_from_an_error_event_sub_process",
        "13.5.5",
        f"start s\nsub p {{\nstart i\nuser a\n{A}end x | error E\ni > a\na > x\nesp e {{\nstart r | error E\nthrow t | compensate\n"
        f"user h\nr > t\nt > h\n}}\n}}\ns > p",
        "complete a; complete ua",
        "p a x e t ua h / h",
    ),
    corner(
        "undo_nothing_of_what_an_error_left",
        "10.3.5",
        f"start s\ntransaction p {{\nstart i\nuser a\n{A}end x | error E\ni > a\na > x\n}}\nboundary b | on p | error E\n"
        "throw t | compensate p\nuser n\ns > p\nb > t\nt > n",
        "complete a",
        "p a x b t n / n",
    ),
    corner(
        "undo_an_error_in_a_handler_goes_out",
        "10.3.5",
        "start s\ntransaction q {\nstart k\nuser a\nboundary ca | on a | compensate\nservice ua | undoes | handler undo\nca ~ ua\n"
        "throw t | compensate a\nk > a\na > t\n}\n"
        "boundary b | on q | error E\nuser h\ns > q\nb > h",
        "complete a; report ua error E",
        "q a t ua b h / h",
    ),
    corner(
        "undo_a_handler_that_is_a_sub",
        "10.7.1",
        "start s\nuser a\nboundary ca | on a | compensate\nsub ua | undoes {\nstart i\nuser h\nuser k\ni > h\nh > k\n}\nca ~ ua\n"
        "throw t | compensate\nuser n\ns > a\na > t\nt > n",
        "complete a; complete h; complete k",
        "a t ua h k n / n",
    ),
    corner(
        "undo_each_instance",
        "13.5.5",
        f"start s\nuser a | instances 2\n{A}throw t | compensate a\nuser n\ns > a\na > t\nt > n",
        "complete a; complete a; complete ua; complete ua",
        "a a* a* t ua ua n / n",
    ),
    corner(
        "undo_each_instance_with_its_own_variables",
        "13.5.5",
        "start s\nscript m | is {xs: [1, 2]}\nsub p | each xs | as x | sequential {\nobject d\nstart i\nscript a | is {d: x}\n"
        "i > a\nesp e {\nstart c | compensate\nxor y\n"
        "user first\nuser second\nc > y\ny > first : d = 1\ny > second : default\n}\n}\nthrow t | compensate p\nuser n\ns > m\n"
        "m > p\np > t\nt > n",
        "complete second; complete first",
        "m p p* a p* a t e second e first n / n",
    ),
    corner(
        "undo_each_round_of_a_loop",
        "13.5.5",
        f"start s\nuser a | max 2\n{A}throw t | compensate a\nuser n\ns > a\na > t\nt > n",
        "complete a; complete a; complete ua; complete ua",
        "a a* a* t ua ua n / n",
    ),
    corner(
        "undo_nothing_of_instances_that_were_interrupted",
        "13.5.5",
        f"start s\nuser a | instances 2\n{A}boundary b | on a | message M\nthrow t | compensate a\nuser n\ns > a\nb > t\nt > n",
        "complete a; send M",
        "a a* a* b t n / n",
    ),
    corner(
        "undo_each_instance_of_a_task_with_its_own_member",
        "13.5.5",
        "start s\nscript a | each xs | as x | is {}\nboundary c | on a | compensate\nscript u | undoes | is {log: log * 10 + x}\nc ~ u\n"
        "throw t | compensate a\nxor g\nuser n\nuser m\ns > a\na > t\nt > g\ng > n : log = 21\ng > m : default",
        "start {xs: [1, 2], log: 0}",
        "a a* a* t u u n / n",
    ),
    corner(
        "undo_once_whatever_the_quantity",
        "13.3.2; 13.5.5",
        f"start s\nuser a | gives 2\n{A}throw t | compensate a\nuser n\ns > a\na > t\nt > n",
        "complete a; complete ua",
        "a t ua t n n / n n",
    ),
    corner(
        "undo_inside_a_called_process",
        "13.5.5",
        f"process Q {{\nstart i\nuser a\n{A}i > a\n}}\nstart s\ncall q | calls Q\nthrow t | compensate q\nuser n\ns > q\nq > t\nt > n",
        "complete a; complete ua",
        "q a t ua n / n",
    ),
    corner(
        "undo_ends_with_its_scope",
        "13.5.5; semantics",
        f"start s\nsub p {{\nstart i\nuser a\n{A}throw t | compensate\ni > a\na > t\n}}\nboundary b | on p | message M\nuser h\n"
        "s > p\nb > h",
        "complete a; send M",
        "p a t ua b h / h",
    ),
    corner(
        "undo_nothing_of_what_was_terminated",
        "13.5.6",
        f"start s\nsub p {{\nstart i\nuser a\n{A}end x | terminate\ni > a\na > x\n}}\nthrow t | compensate p\nuser n\ns > p\np > t\nt > n",
        "complete a",
        "p a x t n / n",
    ),
    corner(
        "transaction_that_succeeds",
        "10.3.5",
        f"{TRIP}boundary c | on p | cancel\nuser h\nuser n\ns > p\np > n\nc > h",
        "complete a; complete b {full: false}",
        "p a b n / n",
    ),
    corner(
        "transaction_cancelled",
        "10.3.5",
        f"{TRIP}boundary c | on p | cancel\nuser h\nuser n\ns > p\np > n\nc > h",
        "complete a; complete b {full: true}; complete ub; complete ua",
        "p a b k ub ua c h / h",
    ),
    corner(
        "transaction_cancelled_ends_what_runs",
        "10.3.5",
        f"start s\ntransaction p {{\nstart i\nand g\nuser a\n{A}user w\nend k | cancel\ni > g\ng > a\ng > w\na > k\n}}\n"
        "boundary c | on p | cancel\nuser h\ns > p\nc > h",
        "complete a; complete ua",
        "p a w k ua c h / h",
    ),
    corner(
        "transaction_cancelled_with_nothing_done",
        "10.3.5",
        "start s\ntransaction p {\nstart i\nend k | cancel\ni > k\n}\nboundary c | on p | cancel\nuser h\ns > p\nc > h",
        "",
        "p k c h / h",
    ),
    corner(
        "transaction_cancelled_from_inside_a_sub",
        "10.5.3",
        f"start s\ntransaction p {{\nstart i\nuser a\n{A}sub q {{\nstart j\nend k | cancel\nj > k\n}}\ni > a\na > q\n}}\n"
        "boundary c | on p | cancel\nuser h\ns > p\nc > h",
        "complete a; complete ua",
        "p a q k ua c h / h",
    ),
    corner(
        "transaction_cancelled_is_interrupted_by_nothing_else",
        "10.3.5; semantics",
        f"start s\ntransaction p {{\nstart i\nuser a\n{A}end k | cancel\ni > a\na > k\n}}\nboundary c | on p | cancel\n"
        "boundary b | on p | timer PT1H\n"
        "user h\nuser l\ns > p\nc > h\nb > l",
        "complete a; complete ua",
        "p a k ua c h / h",
    ),
    corner(
        "transaction_hazard",
        "10.3.5",
        f"start s\ntransaction p {{\nstart i\nuser a\n{A}end x | error E\ni > a\na > x\n}}\nboundary c | on p | cancel\n"
        "boundary b | on p | error E\n"
        "user h\nuser l\ns > p\nc > h\nb > l",
        "complete a",
        "p a x b l / l",
    ),
    corner(
        "transaction_error_while_it_is_cancelled",
        "10.3.5",
        "start s\ntransaction p {\nstart i\nuser a\nboundary ca | on a | compensate\nservice ua | undoes | handler undo\nca ~ ua\n"
        "end k | cancel\ni > a\na > k\n}\n"
        "boundary c | on p | cancel\nboundary b | on p | error E\nuser h\nuser l\ns > p\nc > h\nb > l",
        "complete a; report ua error E",
        "p a k ua b l / l",
    ),
    corner(
        "transaction_compensated_afterwards",
        "13.5.5",
        f"{TRIP}boundary c | on p | cancel\nuser h\nthrow t | compensate p\nuser n\ns > p\np > t\nt > n\nc > h",
        "complete a; complete b {full: false}; complete ub; complete ua",
        "p a b t ub ua n / n",
    ),
    corner(
        "transactions_instances_cancelled_all",
        "13.5.3",
        f"start s\ntransaction p | instances 2 {{\nstart i\nuser a\n{A}end k | cancel\ni > a\na > k\n}}\n"
        "boundary c | on p | cancel\nuser h\ns > p\nc > h",
        "complete a; complete ua",
        "p p* p* a a k ua c h / h",
    ),
)
