"""Kits: what a shop sells as one and its packers fetch by parts."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Kits: what a shop sells as one and its packers fetch by parts."""
    whole = ""
    if op.get_bind().dialect.name == "sqlite":
        whole = "CONSTRAINT ck_kit_part_quantity_whole CHECK (typeof(quantity) IN ('integer', 'null')), "
    op.execute(
        "CREATE TABLE kit_part (kit VARCHAR NOT NULL, part VARCHAR NOT NULL, quantity INTEGER NOT NULL, "
        "CONSTRAINT pk_kit_part PRIMARY KEY (kit, part), "
        f"CONSTRAINT ck_kit_part_quantity_at_least_1 CHECK (quantity >= 1), {whole}"
        "CONSTRAINT fk_kit_part_part_product FOREIGN KEY(part) REFERENCES product (sku))"
    )
    op.execute("CREATE INDEX ix_kit_part_part ON kit_part (part)")
    for name, kind in (
        ("kit", "VARCHAR"),
        ("kit_name", "VARCHAR"),
        ("kit_units", "INTEGER"),
        ("kit_cents", "BIGINT"),
    ):
        default = "''" if kind == "VARCHAR" else "0"
        op.execute(f"ALTER TABLE order_line ADD COLUMN {name} {kind} NOT NULL DEFAULT {default}")
