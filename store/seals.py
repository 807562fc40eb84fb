"""Seals: digests that show a change of a text and tell nothing of it (P9)."""

import hashlib
import hmac
import secrets

from store.schema.columns import storable


def new_salt() -> bytes:
    return secrets.token_bytes(16)


def seal(salt: bytes, name: str, text: str) -> str:
    """HMAC-SHA256 under the event's own salt: once the salt is erased, no guess at the text can be confirmed."""
    return hmac.new(salt, f"{name}\n{storable(text)}".encode(), hashlib.sha256).hexdigest()
