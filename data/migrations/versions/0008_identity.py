"""An order is known by its shop and the source's own id; its number may be another's too."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An order is known by its shop and the source's own id; its number may be another's too."""
    op.execute("ALTER TABLE orders ADD COLUMN number VARCHAR NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE orders ADD COLUMN source_id VARCHAR")
    op.execute("UPDATE orders SET number = id")
    op.create_index("ix_orders_number", "orders", ["number"])
    op.create_index("ix_orders_shop_source_id", "orders", ["shop", "source_id"], unique=True)
