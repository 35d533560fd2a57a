"""The weekdays on which carriers collect, and the days on which they rest."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The weekdays on which carriers collect, and the days on which they rest."""
    op.execute(
        "ALTER TABLE service ADD COLUMN weekdays VARCHAR NOT NULL DEFAULT '1234567' "
        "CONSTRAINT ck_service_weekdays_some CHECK (length(weekdays) BETWEEN 1 AND 7)"
    )
    op.execute("ALTER TABLE service ADD COLUMN on_holidays BOOLEAN NOT NULL DEFAULT FALSE")
    op.execute("ALTER TABLE shop ADD COLUMN holidays VARCHAR NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE shop ADD COLUMN closed_days JSON NOT NULL DEFAULT '[]'")
