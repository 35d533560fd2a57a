"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def whole(table: str, *columns: str) -> list[sa.CheckConstraint]:
    """On SQLite, which stores '7x' in an INTEGER column without a word: the columns hold integers or NULL."""
    if op.get_bind().dialect.name != "sqlite":
        return []
    return [
        sa.CheckConstraint(
            f"typeof({column}) IN ('integer', 'null')", name=op.f(f"ck_{table}_{column}_whole")
        )
        for column in columns
    ]


def upgrade() -> None:
    """The first tables."""
    op.create_table(
        "code",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("attached", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('product', 'location', 'worker', 'packaging', 'tote', 'order', 'parcel', 'command')",
            name=op.f("ck_code_kind_known"),
        ),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_code_quantity_at_least_1")),
        sa.PrimaryKeyConstraint("code", "kind", "ref", name=op.f("pk_code")),
        *whole("code", "quantity"),
    )
    op.create_index(op.f("ix_code_kind_ref"), "code", ["kind", "ref"])

    op.create_table(
        "event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("authorised_by", sa.String(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_event_version_at_least_1")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("station", "seq", name=op.f("uq_event_station_seq")),
        sa.UniqueConstraint("stream", "version", name=op.f("uq_event_stream_version")),
        *whole("event", "version", "seq"),
    )
    op.create_index(op.f("ix_event_at_kind_worker"), "event", ["at", "kind", "worker"])

    op.create_table(
        "import_run",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('running', 'done')", name=op.f("ck_import_run_state_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
        *whole("import_run", "rows_done", "rows_total"),
    )
    op.create_index(op.f("ix_import_run_sha256_kind"), "import_run", ["sha256", "kind"])

    op.create_table(
        "location",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("walk_key", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_location")),
    )
    op.create_table(
        "packaging",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("inner_x_mm", sa.Integer(), nullable=False),
        sa.Column("inner_y_mm", sa.Integer(), nullable=False),
        sa.Column("inner_z_mm", sa.Integer(), nullable=False),
        sa.Column("outer_x_mm", sa.Integer(), nullable=False),
        sa.Column("outer_y_mm", sa.Integer(), nullable=False),
        sa.Column("outer_z_mm", sa.Integer(), nullable=False),
        sa.Column("tare_g", sa.Integer(), nullable=False),
        sa.Column("max_gross_g", sa.Integer(), nullable=False),
        sa.Column("price_cents", sa.BigInteger(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("ect", sa.Integer(), nullable=True),
        sa.Column("walls", sa.Integer(), nullable=False),
        sa.Column("services", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('carton', 'padded_mailer', 'poly_mailer', 'tube', 'own_box')",
            name=op.f("ck_packaging_kind_known"),
        ),
        sa.CheckConstraint("base + moved >= 0", name=op.f("ck_packaging_quantity_not_negative")),
        sa.CheckConstraint("inner_x_mm >= 1", name=op.f("ck_packaging_inner_x_mm_at_least_1")),
        sa.CheckConstraint("inner_y_mm >= 1", name=op.f("ck_packaging_inner_y_mm_at_least_1")),
        sa.CheckConstraint("inner_z_mm >= 1", name=op.f("ck_packaging_inner_z_mm_at_least_1")),
        sa.CheckConstraint("max_gross_g >= 0", name=op.f("ck_packaging_max_gross_g_at_least_0")),
        sa.CheckConstraint("outer_x_mm >= 1", name=op.f("ck_packaging_outer_x_mm_at_least_1")),
        sa.CheckConstraint("outer_y_mm >= 1", name=op.f("ck_packaging_outer_y_mm_at_least_1")),
        sa.CheckConstraint("outer_z_mm >= 1", name=op.f("ck_packaging_outer_z_mm_at_least_1")),
        sa.CheckConstraint("price_cents >= 0", name=op.f("ck_packaging_price_cents_at_least_0")),
        sa.CheckConstraint("tare_g >= 0", name=op.f("ck_packaging_tare_g_at_least_0")),
        sa.CheckConstraint("ect >= 1", name=op.f("ck_packaging_ect_at_least_1")),
        sa.CheckConstraint("walls BETWEEN 1 AND 3", name=op.f("ck_packaging_walls_of_board")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_packaging")),
        *whole(
            "packaging", "tare_g", "max_gross_g", "price_cents", "counted", "base", "moved", "ect", "walls"
        ),
    )
    op.create_table(
        "product",
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("length_mm", sa.Integer(), nullable=True),
        sa.Column("width_mm", sa.Integer(), nullable=True),
        sa.Column("height_mm", sa.Integer(), nullable=True),
        sa.Column("weight_g", sa.Integer(), nullable=True),
        sa.Column("rotation", sa.String(), nullable=False),
        sa.Column("fragility", sa.Integer(), nullable=False),
        sa.Column("max_top_g", sa.Integer(), nullable=True),
        sa.Column("mailer_ok", sa.Boolean(), nullable=False),
        sa.Column("liquid", sa.Boolean(), nullable=False),
        sa.Column("lot_wanted", sa.Boolean(), nullable=False),
        sa.Column("serial_wanted", sa.Boolean(), nullable=False),
        sa.Column("expiry_wanted", sa.Boolean(), nullable=False),
        sa.Column("lot_pattern", sa.String(), nullable=False),
        sa.Column("serial_pattern", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("price_cents", sa.BigInteger(), nullable=False),
        sa.Column("own_box", sa.Boolean(), nullable=False),
        sa.Column("ships_alone", sa.Boolean(), nullable=False),
        sa.Column("goods_group", sa.String(), nullable=False),
        sa.Column("hazmat", sa.String(), nullable=False),
        sa.Column("batteries", sa.Integer(), nullable=False),
        sa.Column("battery_wh", sa.Integer(), nullable=False),
        sa.Column("battery_g", sa.Integer(), nullable=True),
        sa.Column("nests_mm", sa.Integer(), nullable=True),
        sa.Column("hs_code", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("care_note", sa.String(), nullable=False),
        sa.Column("manual_url", sa.String(), nullable=False),
        sa.Column("measured_at", UTCDateTime(), nullable=True),
        sa.Column("measured_by", sa.String(), nullable=False),
        sa.Column("file_sizes", sa.String(), nullable=False),
        sa.CheckConstraint("rotation IN ('any', 'upright', 'fixed')", name=op.f("ck_product_rotation_known")),
        sa.CheckConstraint("fragility BETWEEN 0 AND 3", name=op.f("ck_product_fragility_grade")),
        sa.CheckConstraint("height_mm >= 1", name=op.f("ck_product_height_mm_at_least_1")),
        sa.CheckConstraint("length_mm >= 1", name=op.f("ck_product_length_mm_at_least_1")),
        sa.CheckConstraint("max_top_g >= 0", name=op.f("ck_product_max_top_g_at_least_0")),
        sa.CheckConstraint("price_cents >= 0", name=op.f("ck_product_price_cents_at_least_0")),
        sa.CheckConstraint("weight_g >= 0", name=op.f("ck_product_weight_g_at_least_0")),
        sa.CheckConstraint("width_mm >= 1", name=op.f("ck_product_width_mm_at_least_1")),
        sa.CheckConstraint("nests_mm >= 1", name=op.f("ck_product_nests_mm_at_least_1")),
        sa.CheckConstraint("batteries >= 0", name=op.f("ck_product_batteries_at_least_0")),
        sa.CheckConstraint("battery_wh >= 0", name=op.f("ck_product_battery_wh_at_least_0")),
        sa.CheckConstraint("battery_g >= 0", name=op.f("ck_product_battery_g_at_least_0")),
        sa.PrimaryKeyConstraint("sku", name=op.f("pk_product")),
        *whole("product", "length_mm", "width_mm", "height_mm", "weight_g", "max_top_g", "price_cents"),
        *whole("product", "nests_mm", "batteries", "battery_wh", "battery_g"),
    )
    op.create_table(
        "product_note",
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("care_note", sa.String(), nullable=False),
        sa.Column("manual_url", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["sku"], ["product.sku"], name=op.f("fk_product_note_sku_product")),
        sa.PrimaryKeyConstraint("sku", "language", name=op.f("pk_product_note")),
    )
    op.create_table(
        "service",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("cutoff", sa.String(), nullable=False),
        sa.Column("max_weight_g", sa.Integer(), nullable=False),
        sa.Column("base_cents", sa.Integer(), nullable=False),
        sa.Column("step_cents", sa.Integer(), nullable=False),
        sa.Column("step_g", sa.Integer(), nullable=False),
        sa.Column("dim_divisor", sa.Integer(), nullable=False),
        sa.Column("rates", sa.JSON(), nullable=False),
        sa.Column("side_step_tenths", sa.Integer(), nullable=False),
        sa.Column("max_sides_mm", sa.JSON(), nullable=False),
        sa.Column("max_girth_mm", sa.Integer(), nullable=True),
        sa.Column("carrier_label", sa.String(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "carrier_label IN ('none', 'wanted', 'required')", name=op.f("ck_service_carrier_label_known")
        ),
        sa.CheckConstraint("cutoff LIKE '__:__'", name=op.f("ck_service_cutoff_hh_mm")),
        sa.CheckConstraint("base_cents >= 0", name=op.f("ck_service_base_cents_at_least_0")),
        sa.CheckConstraint("dim_divisor >= 1", name=op.f("ck_service_dim_divisor_at_least_1")),
        sa.CheckConstraint("max_weight_g >= 1", name=op.f("ck_service_max_weight_g_at_least_1")),
        sa.CheckConstraint("step_cents >= 0", name=op.f("ck_service_step_cents_at_least_0")),
        sa.CheckConstraint("step_g >= 1", name=op.f("ck_service_step_g_at_least_1")),
        sa.CheckConstraint("side_step_tenths >= 1", name=op.f("ck_service_side_step_tenths_at_least_1")),
        sa.CheckConstraint("max_girth_mm >= 1", name=op.f("ck_service_max_girth_mm_at_least_1")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_service")),
    )
    op.create_table(
        "shop",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("company_prefix", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("return_url", sa.String(), nullable=False),
        sa.Column("sender_lines", sa.JSON(), nullable=False),
        sa.Column("sender_country", sa.String(), nullable=False),
        sa.Column("name_packer", sa.Boolean(), nullable=False),
        sa.Column("return_slip", sa.String(), nullable=False),
        sa.Column("return_days", sa.Integer(), nullable=False),
        sa.Column("return_policy", sa.JSON(), nullable=False),
        sa.CheckConstraint("return_days >= 0", name=op.f("ck_shop_return_days_at_least_0")),
        *whole("shop", "return_days"),
        sa.CheckConstraint(
            "length(company_prefix) BETWEEN 7 AND 10", name=op.f("ck_shop_company_prefix_length")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop")),
    )
    op.create_table(
        "sscc_counter",
        sa.Column("company_prefix", sa.String(), nullable=False),
        sa.Column("next_serial", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("next_serial >= 0", name=op.f("ck_sscc_counter_next_serial_at_least_0")),
        sa.PrimaryKeyConstraint("company_prefix", name=op.f("pk_sscc_counter")),
        *whole("sscc_counter", "next_serial"),
    )
    op.create_table(
        "worker",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("role IN ('packer', 'lead', 'admin')", name=op.f("ck_worker_role_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker")),
    )
    op.create_table(
        "packing_policy",
        sa.Column("shop", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_packing_policy_revision_at_least_1")),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name=op.f("fk_packing_policy_shop_shop")),
        sa.PrimaryKeyConstraint("shop", "revision", name=op.f("pk_packing_policy")),
        *whole("packing_policy", "revision"),
    )
    op.create_table(
        "customer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("shop", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("orders_count", sa.Integer(), nullable=False),
        sa.Column("spent_cents", sa.BigInteger(), nullable=False),
        sa.Column("marketing_consent", sa.Boolean(), nullable=False),
        sa.Column("tags", sa.String(), nullable=False),
        sa.Column("last_order_at", UTCDateTime(), nullable=True),
        sa.Column("birthday", sa.String(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.CheckConstraint("orders_count >= 0", name=op.f("ck_customer_orders_count_at_least_0")),
        sa.CheckConstraint("points >= 0", name=op.f("ck_customer_points_at_least_0")),
        sa.CheckConstraint("birthday = '' OR birthday LIKE '__-__'", name=op.f("ck_customer_birthday_mm_dd")),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name=op.f("fk_customer_shop_shop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
        *whole("customer", "orders_count", "spent_cents", "points"),
    )
    op.create_index(op.f("ix_customer_email"), "customer", ["email"])

    op.create_table(
        "stock",
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('available', 'quarantine', 'scrap', 'rework', 'aside')",
            name=op.f("ck_stock_state_known"),
        ),
        sa.CheckConstraint("base + moved >= 0", name=op.f("ck_stock_quantity_not_negative")),
        sa.ForeignKeyConstraint(["location"], ["location.code"], name=op.f("fk_stock_location_location")),
        sa.ForeignKeyConstraint(["sku"], ["product.sku"], name=op.f("fk_stock_sku_product")),
        sa.PrimaryKeyConstraint("sku", "location", "state", name=op.f("pk_stock")),
        *whole("stock", "counted", "base", "moved"),
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("shop", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("customer", sa.String(), nullable=True),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("placed_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("intake_state", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("hold_reason", sa.String(), nullable=False),
        sa.Column("revision", sa.String(), nullable=False),
        sa.Column("gift", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("value_cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("ship_name", sa.String(), nullable=False),
        sa.Column("ship_company", sa.String(), nullable=False),
        sa.Column("ship_line1", sa.String(), nullable=False),
        sa.Column("ship_line2", sa.String(), nullable=False),
        sa.Column("ship_city", sa.String(), nullable=False),
        sa.Column("ship_zip", sa.String(), nullable=False),
        sa.Column("ship_province", sa.String(), nullable=False),
        sa.Column("ship_country", sa.String(), nullable=False),
        sa.Column("ship_phone", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("erased_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "intake_state IN ('ready', 'held', 'cancelled')", name=op.f("ck_orders_intake_state_known")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'in_work', 'parked', 'held', 'closed', 'cancelled')",
            name=op.f("ck_orders_state_known"),
        ),
        sa.CheckConstraint("version >= 0", name=op.f("ck_orders_version_at_least_0")),
        sa.ForeignKeyConstraint(["customer"], ["customer.id"], name=op.f("fk_orders_customer_customer")),
        sa.ForeignKeyConstraint(["service"], ["service.code"], name=op.f("fk_orders_service_service")),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name=op.f("fk_orders_shop_shop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        *whole("orders", "priority", "value_cents", "version"),
    )
    op.create_index(op.f("ix_orders_customer"), "orders", ["customer"])
    op.create_index(op.f("ix_orders_service_state_due_at"), "orders", ["service", "state", "due_at"])
    op.create_index("ix_orders_queue", "orders", ["state", "due_at", sa.desc("priority"), "id"])

    op.create_table(
        "carrier_label",
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("parcel", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("dpi", sa.Integer(), nullable=False),
        sa.Column("width_dots", sa.Integer(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.CheckConstraint("format IN ('zpl', 'png')", name=op.f("ck_carrier_label_format_known")),
        sa.CheckConstraint("parcel >= 1", name=op.f("ck_carrier_label_parcel_at_least_1")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_carrier_label_revision_at_least_1")),
        sa.CheckConstraint("dpi >= 1", name=op.f("ck_carrier_label_dpi_at_least_1")),
        sa.CheckConstraint("width_dots >= 1", name=op.f("ck_carrier_label_width_dots_at_least_1")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_carrier_label_order_id_orders")),
        sa.PrimaryKeyConstraint("order_id", "parcel", "revision", name=op.f("pk_carrier_label")),
        *whole("carrier_label", "parcel", "revision", "dpi", "width_dots"),
    )

    op.create_table(
        "claim",
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("epoch >= 1", name=op.f("ck_claim_epoch_at_least_1")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_claim_order_id_orders")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_claim")),
        *whole("claim", "epoch"),
    )
    op.create_index(op.f("ix_claim_station"), "claim", ["station"])

    op.create_table(
        "customer_return",
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_customer_return_quantity_at_least_1")),
        sa.CheckConstraint(
            "reason IN ('damaged', 'wrong_item', 'missing_part', 'defective', 'not_as_described', 'too_small', "
            "'too_big', 'changed_mind')",
            name=op.f("ck_customer_return_reason_known"),
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_customer_return_order_id_orders")),
        sa.PrimaryKeyConstraint("order_id", "sku", "reason", "at", name=op.f("pk_customer_return")),
        *whole("customer_return", "quantity"),
    )
    op.create_table(
        "exception_report",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("resolved_at", UTCDateTime(), nullable=True),
        sa.Column("resolved_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_exception_report_order_id_orders")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exception_report")),
    )
    op.create_index(op.f("ix_exception_report_order_id"), "exception_report", ["order_id"])

    op.create_table(
        "order_line",
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(), nullable=True),
        sa.Column("sku_text", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price_cents", sa.BigInteger(), nullable=False),
        sa.Column("picked", sa.Integer(), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("short", sa.Integer(), nullable=False),
        sa.Column("damaged", sa.Integer(), nullable=False),
        sa.CheckConstraint("checked >= 0", name=op.f("ck_order_line_checked_at_least_0")),
        sa.CheckConstraint("damaged >= 0", name=op.f("ck_order_line_damaged_at_least_0")),
        sa.CheckConstraint("picked >= 0", name=op.f("ck_order_line_picked_at_least_0")),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_order_line_quantity_at_least_0")),
        sa.CheckConstraint("short >= 0", name=op.f("ck_order_line_short_at_least_0")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_line_order_id_orders")),
        sa.ForeignKeyConstraint(["sku"], ["product.sku"], name=op.f("fk_order_line_sku_product")),
        sa.PrimaryKeyConstraint("order_id", "line", name=op.f("pk_order_line")),
        *whole("order_line", "quantity", "price_cents", "picked", "checked", "short", "damaged"),
    )
    op.create_index(op.f("ix_order_line_sku"), "order_line", ["sku"])

    op.create_table(
        "parcel",
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("parcel", sa.Integer(), nullable=False),
        sa.Column("packaging", sa.String(), nullable=False),
        sa.Column("sscc", sa.String(), nullable=False),
        sa.Column("expected_g", sa.Integer(), nullable=False),
        sa.Column("gross_g", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("sealed_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("state IN ('sealed', 'verified')", name=op.f("ck_parcel_state_known")),
        sa.CheckConstraint("length(sscc) = 18", name=op.f("ck_parcel_sscc_length")),
        sa.CheckConstraint("parcel >= 1", name=op.f("ck_parcel_parcel_at_least_1")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_parcel_order_id_orders")),
        sa.PrimaryKeyConstraint("order_id", "parcel", name=op.f("pk_parcel")),
        sa.UniqueConstraint("sscc", name=op.f("uq_parcel_sscc")),
        *whole("parcel", "expected_g", "gross_g"),
    )
    op.create_table(
        "photo",
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("parcel", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("taken_at", UTCDateTime(), nullable=False),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("subject IN ('damage', 'box')", name=op.f("ck_photo_subject_known")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_photo_sha256_length")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_photo_order_id_orders")),
        sa.PrimaryKeyConstraint("file", name=op.f("pk_photo")),
        *whole("photo", "line", "parcel"),
    )
    op.create_index(op.f("ix_photo_order_id"), "photo", ["order_id"])
    op.create_index(op.f("ix_photo_station_taken_at"), "photo", ["station", "taken_at"])

    op.create_table(
        "print_job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("parcel", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.Column("reprint_of", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("revision >= 0", name=op.f("ck_print_job_revision_at_least_0")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_print_job_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_job")),
        sa.UniqueConstraint(
            "order_id",
            "parcel",
            "document",
            "revision",
            name=op.f("uq_print_job_order_id_parcel_document_revision"),
        ),
    )
    op.create_index(op.f("ix_print_job_station_state"), "print_job", ["station", "state"])

    op.create_table(
        "running_station",
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("instance", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("station", name=op.f("pk_running_station")),
    )

    op.create_table(
        "station_printer",
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("printer", sa.String(), nullable=False),
        sa.Column("health", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("waiting >= 0", name=op.f("ck_station_printer_waiting_at_least_0")),
        sa.CheckConstraint("unsure >= 0", name=op.f("ck_station_printer_unsure_at_least_0")),
        sa.PrimaryKeyConstraint("station", "printer", name=op.f("pk_station_printer")),
        *whole("station_printer", "waiting", "unsure"),
    )

    op.create_table(
        "campaign",
        sa.Column("shop", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("printed", sa.Integer(), nullable=False),
        sa.Column("switched_by", sa.String(), nullable=False),
        sa.Column("switched_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_campaign_version_at_least_1")),
        sa.CheckConstraint("printed >= 0", name=op.f("ck_campaign_printed_at_least_0")),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name=op.f("fk_campaign_shop_shop")),
        sa.PrimaryKeyConstraint("shop", "code", name=op.f("pk_campaign")),
        *whole("campaign", "version", "printed"),
    )
    op.create_table(
        "campaign_picture",
        sa.Column("shop", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.Column("line_art", sa.Boolean(), nullable=False),
        sa.Column("width_percent", sa.Integer(), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.CheckConstraint("width_percent >= 1", name=op.f("ck_campaign_picture_width_percent_at_least_1")),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name=op.f("fk_campaign_picture_shop_shop")),
        sa.PrimaryKeyConstraint("shop", "name", name=op.f("pk_campaign_picture")),
        *whole("campaign_picture", "width_percent"),
    )
    op.create_table(
        "coupon_series",
        sa.Column("shop", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.CheckConstraint("origin IN ('generated', 'imported')", name=op.f("ck_coupon_series_origin_known")),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name=op.f("fk_coupon_series_shop_shop")),
        sa.PrimaryKeyConstraint("shop", "name", name=op.f("pk_coupon_series")),
    )
    op.create_table(
        "purchase",
        sa.Column("customer", sa.String(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("units >= 1", name=op.f("ck_purchase_units_at_least_1")),
        sa.CheckConstraint("cents >= 0", name=op.f("ck_purchase_cents_at_least_0")),
        sa.PrimaryKeyConstraint("customer", "sku", "day", name=op.f("pk_purchase")),
        *whole("purchase", "units", "cents"),
    )
    op.create_table(
        "campaign_version",
        sa.Column("shop", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("starts", UTCDateTime(), nullable=True),
        sa.Column("ends", UTCDateTime(), nullable=True),
        sa.Column("saved_at", UTCDateTime(), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_campaign_version_version_at_least_1")),
        sa.ForeignKeyConstraint(
            ["shop", "code"],
            ["campaign.shop", "campaign.code"],
            name=op.f("fk_campaign_version_shop_code_campaign"),
        ),
        sa.PrimaryKeyConstraint("shop", "code", "version", name=op.f("pk_campaign_version")),
        *whole("campaign_version", "version"),
    )
    op.create_table(
        "coupon",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("shop", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("redeemed_at", UTCDateTime(), nullable=True),
        sa.Column("redeemed_cents", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("state IN ('free', 'given', 'redeemed')", name=op.f("ck_coupon_state_known")),
        sa.CheckConstraint("redeemed_cents >= 0", name=op.f("ck_coupon_redeemed_cents_at_least_0")),
        sa.ForeignKeyConstraint(
            ["shop", "series"],
            ["coupon_series.shop", "coupon_series.name"],
            name=op.f("fk_coupon_shop_series_coupon_series"),
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_coupon")),
        *whole("coupon", "redeemed_cents"),
    )
    op.create_index(op.f("ix_coupon_shop_series_state"), "coupon", ["shop", "series", "state"])

    op.create_table(
        "insert_given",
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("parcel", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("shop", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("customer", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("coupon", sa.String(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('given', 'control', 'broken')", name=op.f("ck_insert_given_outcome_known")
        ),
        sa.CheckConstraint("parcel >= 1", name=op.f("ck_insert_given_parcel_at_least_1")),
        sa.ForeignKeyConstraint(["coupon"], ["coupon.key"], name=op.f("fk_insert_given_coupon_coupon")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_insert_given_order_id_orders")),
        sa.ForeignKeyConstraint(
            ["shop", "campaign", "version"],
            ["campaign_version.shop", "campaign_version.code", "campaign_version.version"],
            name=op.f("fk_insert_given_shop_campaign_version_campaign_version"),
        ),
        sa.PrimaryKeyConstraint("order_id", "parcel", "campaign", name=op.f("pk_insert_given")),
        sa.UniqueConstraint("coupon", name=op.f("uq_insert_given_coupon")),
        *whole("insert_given", "parcel", "version"),
    )
    op.create_index(op.f("ix_insert_given_customer"), "insert_given", ["customer"])
    op.create_index(
        op.f("ix_insert_given_shop_campaign_outcome"), "insert_given", ["shop", "campaign", "outcome"]
    )
