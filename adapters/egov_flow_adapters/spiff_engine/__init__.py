# SPDX-License-Identifier: Apache-2.0
"""SpiffWorkflow behind the Engine port: `engine: spiff` in procedure.yaml, or `ef.replay(history, procedure, engine="spiff")`.

It is the second opinion: an engine that we did not write steps the same diagram. It takes exactly the constructs on which SpiffWorkflow is right, one
token at a time, and refuses the rest with the reason. SpiffWorkflow moves the token, chooses the flow and carries the data; it never evaluates a
text: conditions and scripts reach it as the ids of their elements, and our FEEL answers.
"""

from egov_flow_adapters.spiff_engine.engine import SpiffEngine

__all__ = ["SpiffEngine"]
