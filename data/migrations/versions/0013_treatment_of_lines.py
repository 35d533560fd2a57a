"""What a shop says once of lines of its orders: never packed, or which product they are."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What a shop says once of lines of its orders: never packed, or which product they are."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    big, moment = ("INTEGER", "DATETIME") if sqlite else ("BIGSERIAL", "TIMESTAMP WITH TIME ZONE")
    op.execute(
        f"CREATE TABLE line_rule (id {big} NOT NULL, shop VARCHAR NOT NULL, pattern VARCHAR NOT NULL, "
        f"treatment VARCHAR NOT NULL, sku VARCHAR NOT NULL, at {moment} NOT NULL, by VARCHAR NOT NULL, "
        "CONSTRAINT pk_line_rule PRIMARY KEY (id), "
        "CONSTRAINT ck_line_rule_treatment_known CHECK (treatment IN ('never_packed', 'product', 'ask')), "
        "CONSTRAINT fk_line_rule_shop_shop FOREIGN KEY(shop) REFERENCES shop (id))"
    )
