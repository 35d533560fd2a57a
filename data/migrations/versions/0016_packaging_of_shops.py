"""Packagings that only some shops' orders go into."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Packagings that only some shops' orders go into."""
    op.execute("ALTER TABLE packaging ADD COLUMN shops VARCHAR")
