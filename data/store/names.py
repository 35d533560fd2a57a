"""What orders are called by people: their number, and what tells them apart where it is that of several."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, func, select

from data.tables import Order, Shop

_O, _S, _T = Order.__table__, Shop.__table__, Order.__table__.alias("twin")
_ALIKE = select(func.count()).where(_T.c.number == _O.c.number)
_CALLED = (
    select(
        _O.c.id,
        _O.c.number,
        _O.c.source_id,
        _S.c.name,
        _ALIKE.scalar_subquery().label("alike"),
        _ALIKE.where(_T.c.shop == _O.c.shop).scalar_subquery().label("in_shop"),
    )
    .join(_S, _S.c.id == _O.c.shop)
    .where(_O.c.id.in_(bindparam("ids", expanding=True)))
)
_AT_ONCE = 500


def called(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return by id what each order is called: 1001, or 1001 (Pine) where another shop has that number too, and with
    the source's own id where another order of its shop has it.
    """
    wanted = sorted(set(ids))
    names = {order: order for order in wanted}
    for start in range(0, len(wanted), _AT_ONCE):
        for row in connection.execute(_CALLED, {"ids": wanted[start : start + _AT_ONCE]}):
            apart = [row.name] if row.alike > row.in_shop else []
            apart += [row.source_id or row.id] if row.in_shop > 1 else []
            if row.number:
                names[row.id] = f"{row.number} ({', '.join(apart)})" if apart else row.number
    return names
