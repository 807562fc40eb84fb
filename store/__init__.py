"""What Hoso remembers: raw bytes, ledger, dossiers, letters and a history that cannot be changed unseen.

`store.engine.open_store` gives a `Store`; each other module holds the operations of one subject, as functions that
take the open transaction (`tx`, from `Store.writing`) or connection (`conn`, from either). Nothing is kept in memory
between them.
"""
