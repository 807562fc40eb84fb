"""The way from an empty database to the tables of `store.schema`, step by step."""
