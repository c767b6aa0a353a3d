# SPDX-License-Identifier: Apache-2.0
"""Seals what a case knows of people: AES-256-GCM under the case's own key.

The place a payload belongs to (tenant, case, purpose, number) and the clear half of a state are authenticated with it: a row that was moved,
changed or put back from an older copy does not open.
"""

from __future__ import annotations

import hmac
from functools import lru_cache
from typing import Any

import attrs

from egov_flow.errors import StoreError
from egov_flow.ports import Ids

__all__ = ["KEY_BYTES", "Seal", "place", "state_digest"]

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = b"\x01"
KEYS_AT_HAND = 512
"""Of as many cases as lie on a desk."""


def place(tenant: str, case: str, purpose: str, number: int | str, clear: bytes = b"") -> bytes:
    """Return the bytes that say where a payload belongs; no two places have the same ones."""
    parts = (tenant.encode(), case.encode(), purpose.encode(), str(number).encode(), clear)
    return b"".join([len(p).to_bytes(4, "big") + p for p in parts])


def state_digest(key: bytes, clear: bytes, secret: bytes) -> str:
    """Return the keyed digest (HMAC-SHA-256, hex) of a whole state; without the key it says nothing about the data."""
    message = b"egov-flow/state/1" + len(clear).to_bytes(8, "big") + clear + secret
    return hmac.digest(key, message, "sha256").hex()


@lru_cache(maxsize=KEYS_AT_HAND)
def _cipher(key: bytes) -> Any:
    """Return AES-GCM under a key. To import it costs what only an agency at work should pay; to make it anew, more than to seal a payload."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


@attrs.frozen
class Seal:
    """Seals and opens payloads; random nonces come from `ids`."""

    ids: Ids

    def close(self, key: bytes, secret: bytes, belongs: bytes) -> bytes:
        """Return the sealed form of `secret`."""
        nonce = self.ids.random(NONCE_BYTES)
        sealed: bytes = _cipher(key).encrypt(nonce, secret, belongs)
        return FORMAT + nonce + sealed

    def open(self, key: bytes | None, sealed: bytes, belongs: bytes, case: str) -> bytes:
        """Return what was sealed.

        Raises:
            StoreError: the key was destroyed (erasure), or the bytes were changed or belong elsewhere.
        """
        from cryptography.exceptions import InvalidTag

        if key is None:
            raise StoreError("EF-A020", case=case)
        if sealed[:1] != FORMAT or len(sealed) < 1 + NONCE_BYTES:
            raise StoreError("EF-A021", case=case)
        try:
            opened: bytes = _cipher(key).decrypt(sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :], belongs)
        except InvalidTag as cause:
            raise StoreError("EF-A021", case=case) from cause
        return opened
