"""Orders whose buyers pay at the door: what is to be collected, and for which ways of payment."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Orders whose buyers pay at the door: what is to be collected, and for which ways of payment."""
    checks = "CONSTRAINT ck_orders_collect_cents_at_least_0 CHECK (collect_cents >= 0)"
    if op.get_bind().dialect.name == "sqlite":
        checks += (
            " CONSTRAINT ck_orders_collect_cents_whole CHECK (typeof(collect_cents) IN ('integer', 'null'))"
        )
    op.execute(f"ALTER TABLE orders ADD COLUMN collect_cents BIGINT NOT NULL DEFAULT 0 {checks}")
    op.execute("ALTER TABLE shop ADD COLUMN collect_for JSON NOT NULL DEFAULT '[]'")
