"""Alembic's entry: runs on the connection, and inside the transaction, that `data.schema` hands in."""

from alembic import context

from data.tables import Row


def _comparable(_item: object, name: str | None, kind: str, _found: bool, _other: object) -> bool:
    """All but the index with a direction, which can't be read back from SQLite to be compared."""
    return (kind, name) != ("index", "ix_orders_queue")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
    compare_type=True,
    include_object=_comparable,
)
with context.begin_transaction():
    context.run_migrations()
