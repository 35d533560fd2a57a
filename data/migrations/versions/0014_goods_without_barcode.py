"""Products that bear no barcode, and are confirmed without a scan."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Products that bear no barcode, and are confirmed without a scan."""
    op.execute("ALTER TABLE product ADD COLUMN no_barcode BOOLEAN NOT NULL DEFAULT FALSE")
