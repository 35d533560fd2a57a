"""What the giver of a gift says, apart from the note for who packs it."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the giver of a gift says, apart from the note for who packs it."""
    op.execute("ALTER TABLE orders ADD COLUMN gift_message VARCHAR NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE orders ADD COLUMN giver VARCHAR NOT NULL DEFAULT ''")
