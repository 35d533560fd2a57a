"""The history of the schema, oldest first; one history runs on SQLite and PostgreSQL."""
