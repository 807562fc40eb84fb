"""Mailboxes and files become RawMessages. Nothing is opened here: bytes in, bytes out."""
