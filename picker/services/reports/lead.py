"""The whole report, read in one snapshot."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from data.cutoff import next_cutoff
from data.engine import Database
from data.store import lookup, report
from data.store.cutoffs import any_shop, collections
from data.types import ShopId
from picker.services.orders.names import INTAKE, OFFICE
from picker.services.reports.cutoffs import cutoffs, pace
from picker.services.reports.exceptions import of_shop, open_exceptions, parked_orders, troubled_jobs
from picker.services.reports.people import names, outputs, tally, total_of
from picker.services.reports.printers import printers_of_all
from picker.services.reports.stations import stations_now
from picker.services.reports.types import LeadReport


def shift_start(timezone: str, now: datetime | None = None) -> datetime:
    """Return the last midnight of the warehouse, from which the day's figures count."""
    zone = ZoneInfo(timezone)
    local = now.astimezone(zone) if now else datetime.now(zone)
    return datetime.combine(local.date(), time(), zone)


def lead_report(
    db: Database, timezone: str, since: datetime, now: datetime | None = None, shop: ShopId = ShopId("")
) -> LeadReport:
    """Return the shift's figures at `now`, by default the database's own clock, of all shops or of one.

    Built from indexed counts: it answers while stations scan, with any number of orders in the house.
    Raises zoneinfo.ZoneInfoNotFoundError for an unknown time zone.
    """
    zone = ZoneInfo(timezone)
    with db.reader.connect() as connection:
        now = now or db.now(connection)
        services = lookup.services(connection)
        last = [(name, at) for name, at in report.last_events(connection) if name not in (INTAKE, OFFICE)]
        jobs = troubled_jobs(connection, [name for name, _ in last])
        hour_ago = max(since, now - timedelta(hours=1))
        done = tally(connection, since, hour_ago, shop)
        speed = pace(done.closed_lately, now - hour_ago)
        people = names(connection)
        workers = outputs(connection, since, done, people)
        parked = parked_orders(connection, people, shop)
        exceptions, counts = open_exceptions(connection, of_shop(connection, jobs, shop), parked, now, shop)
        collected = collections(connection)
        codes = [service.code for service in services]
        next_at = {code: next_cutoff(now, any_shop(collected, code), zone) for code in codes}
        everything = report.open_orders(connection, codes)
        rows = report.open_orders(connection, codes, shop) if shop else everything
        return LeadReport(
            at=now,
            since=since,
            pace_per_hour=speed,
            cutoffs=cutoffs(services, (rows, everything), done.closed_by_service, speed, now, next_at),
            stations=stations_now(connection, last, jobs, people, since, now),
            workers=workers,
            total=total_of(workers),
            exceptions=exceptions,
            exception_counts=counts,
            printers=printers_of_all(connection, now),
            parked=parked[1],
        )
