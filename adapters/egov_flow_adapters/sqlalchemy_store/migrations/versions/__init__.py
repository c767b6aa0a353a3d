# SPDX-License-Identifier: Apache-2.0
"""One file a layout; each is kept as it was released."""
