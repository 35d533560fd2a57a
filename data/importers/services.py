"""The carrier service an order wants, found or made by the name the shop uses."""

import re
from collections.abc import Iterable

from sqlalchemy import insert, select, update

from data.cutoff import WORKING_DAYS
from data.importers.upsert import Chunk
from data.tables import Service

DEFAULT_CUTOFF = "16:00"


def ensure_services(chunk: Chunk, names: Iterable[str]) -> dict[str, str]:
    """The code of each name, by code or name without regard to case; an unknown one is made and noted."""
    table = Service.__table__
    rows = chunk.connection.execute(select(table.c.code, table.c.name, table.c.retired)).all()
    known = {row.name.casefold(): row.code for row in rows}
    known |= {row.code.casefold(): row.code for row in rows}
    retired = {row.code for row in rows if row.retired}
    services = {}
    for name in sorted(set(names)):
        wanted = name or chunk.options.default_service
        code = service_code(wanted)
        hit = known.get(wanted.casefold()) or known.get(code.casefold())
        if hit is None:
            hit = known[code.casefold()] = code
            values = {"carrier": wanted, "name": wanted, "cutoff": DEFAULT_CUTOFF, "weekdays": WORKING_DAYS}
            chunk.connection.execute(insert(table).values(code=code, **values))
            chunk.report.note(
                f"Service {wanted!r} is new; its cut-off is set to {DEFAULT_CUTOFF}, mon-fri, until it is changed."
            )
        elif hit in retired:
            chunk.connection.execute(update(table).where(table.c.code == hit).values(retired=False))
            chunk.report.note(f"Service {hit} was retired; orders want it again.")
        services[name] = hit
    return services


def service_code(name: str) -> str:
    """A code made of a service's name: capital letters and digits of any script, dashes between words."""
    return re.sub(r"[\W_]+", "-", name).strip("-").upper()[:40] or "STANDARD"
