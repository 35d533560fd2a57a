"""The columns of a shop's own order files."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The columns of a shop's own order files."""
    op.execute("ALTER TABLE shop ADD COLUMN order_columns JSON NOT NULL DEFAULT '{}'")
