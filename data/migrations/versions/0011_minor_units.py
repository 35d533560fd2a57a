"""Amounts of orders are in the minor unit of their currency, where they were hundredths of any."""

from alembic import op
from sqlalchemy import BigInteger, String, column, select, table, update

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_O = table("orders", column("id", String), column("currency", String), *(
    column(name, BigInteger) for name in ("value_cents", "collect_cents")
))  # fmt: skip
_L = table("order_line", column("order_id", String), column("price_cents", BigInteger))
_TIMES = {
    "BHD IQD JOD KWD LYD OMR TND": 10,
    "CLF UYW": 100,
}
_WITHOUT = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"


def upgrade() -> None:
    """Amounts of orders are in the minor unit of their currency, where they were hundredths of any."""
    scales = [(codes.split(), times, 1) for codes, times in _TIMES.items()] + [(_WITHOUT.split(), 1, 100)]
    for codes, times, parts in scales:
        those = _O.c.currency.in_(codes)
        price = (_L.c.price_cents * times + parts // 2) // parts
        lines = _L.c.order_id.in_(select(_O.c.id).where(those))
        op.execute(update(_L).where(lines).values(price_cents=price))
        value, collect = (
            (_O.c[name] * times + parts // 2) // parts for name in ("value_cents", "collect_cents")
        )
        op.execute(update(_O).where(those).values(value_cents=value, collect_cents=collect))
