"""What customs ask of shop and buyer, and what makes goods dangerous for which service."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What customs ask of shop and buyer, and what makes goods dangerous for which service."""
    for name in ("eori", "ioss", "dangerous_checked"):
        op.execute(f"ALTER TABLE shop ADD COLUMN {name} VARCHAR NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE shop ADD COLUMN sdr_rates JSON NOT NULL DEFAULT '{}'")
    op.execute("ALTER TABLE product ADD COLUMN un_number VARCHAR NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE orders ADD COLUMN ship_tax_id VARCHAR NOT NULL DEFAULT ''")
    op.execute(
        "ALTER TABLE service ADD COLUMN transport VARCHAR NOT NULL DEFAULT '' "
        "CONSTRAINT ck_service_transport_known CHECK (transport IN ('', 'ground', 'air'))"
    )
