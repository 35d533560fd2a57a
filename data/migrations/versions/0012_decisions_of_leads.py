"""What a lead decided about an order's lines and address, and what a file says of a quantity that can't be read."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What a lead decided about an order's lines and address, and what a file says of a quantity that can't be read."""
    op.execute("ALTER TABLE orders ADD COLUMN decided JSON NOT NULL DEFAULT '{}'")
    op.execute("ALTER TABLE order_line ADD COLUMN unread VARCHAR NOT NULL DEFAULT ''")
