"""Alembic's entry: runs on the connection, and inside the transaction, that `data.schema` hands in."""

from alembic import context

from data.tables import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
