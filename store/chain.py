"""The arithmetic of the chain: what of an event is hashed, and how (P9)."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any


def canonical(payload: Mapping[str, Any]) -> str:
    """JSON with sorted keys, without spaces, in ASCII: one text for one content."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def next_hash(previous: str, payload: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of the hash before, a line feed and the canonical payload; the first has '' before it."""
    return hashlib.sha256(f"{previous}\n{canonical(payload)}".encode()).hexdigest()


def seal(salt: bytes, name: str, text: str) -> str:
    """HMAC-SHA256 under the event's own salt: once the salt is erased, no guess at the text can be confirmed."""
    return hmac.new(salt, f"{name}\n{text}".encode(), hashlib.sha256).hexdigest()
