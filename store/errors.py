"""Errors of the store, split by what helps: waiting, or a person."""


class StoreError(Exception):
    """The store could not do it. The text says what was met and what to do, without secrets or personal data."""


class TemporaryStoreError(StoreError):
    """Locked, lost connection, disk full: the same step can be tried again.

    Nothing of it was written; or all of it, where the connection was lost at the very end of the commit. That is why
    every step is safe to repeat.
    """


class PermanentStoreError(StoreError):
    """Trying again does not help: a person has to mend something."""


class BlobMissingError(PermanentStoreError):
    """No blob of that SHA-256 is there."""


class BlobDamagedError(PermanentStoreError):
    """The bytes on the disk are not those that were stored."""
