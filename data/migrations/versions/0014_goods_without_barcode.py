"""Products that bear no barcode, and kits: what a shop sells as one and picks by its parts."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Products that bear no barcode, and kits: what a shop sells as one and picks by its parts."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(
        f"ALTER TABLE product ADD COLUMN no_barcode BOOLEAN NOT NULL DEFAULT {'0' if sqlite else 'false'}"
    )
