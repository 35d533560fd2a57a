"""Numbers of parcels that run out, on both databases: no state of the counter stops a station."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from data.engine import Database
from data.store import parcels, setup
from data.tables import PrintJob, Shop, SsccCounter
from data.types import ShopId
from picker.errors import Mistake
from picker.services.orders import numbers
from picker.services.verify import verify
from printing.content import load
from printing.documents.labels import ParcelLabel
from scanning.codes import is_sscc, sscc, sscc_capacity
from tests.contracts.shop import PREFIX, Packer, add_order, open_shop, parcels_of, reports, rows, whole_order

EACH = sscc_capacity(PREFIX) // 10


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        yield opened


def count_from(db: Database, number: int, prefix: str = PREFIX) -> None:
    table = SsccCounter.__table__
    with db.writer.begin() as connection:
        connection.execute(delete(table))
        connection.execute(insert(table).values(company_prefix=prefix, next_serial=number))


def take(db: Database, prefix: str, shop: str = "default") -> None:
    with db.writer.begin() as connection:
        setup.set_shop(connection, ShopId(shop), {"company_prefix": prefix})
        numbers.take_prefix(connection, ShopId(shop), prefix)


def packed(db: Database, *orders: str) -> list[str]:
    """The numbers of the parcels of orders, each packed to its end."""
    packer = Packer(db).sign_in()
    for order in orders:
        add_order(db, order, {"MUG": 1})
        whole_order(packer, order, {"MUG": 1})
        assert packer.key == "label.closed"
    return [str(parcel["sscc"]) for order in orders for parcel in parcels_of(db, order)]


def test_the_extension_digit_goes_on_where_the_serials_end(db: Database) -> None:
    count_from(db, EACH - 1)
    assert packed(db, "1001", "1002") == [sscc(0, PREFIX, EACH - 1), sscc(1, PREFIX, 0)]
    assert verify(db).differences == ()
    assert reports(db, "sscc_low") == []


def test_when_all_are_used_parcels_bear_codes_of_our_own_and_the_lead_is_told_once(db: Database) -> None:
    count_from(db, sscc_capacity(PREFIX) - 1)
    last, *codes = packed(db, "1001", "1002", "1003")
    assert last == sscc(9, PREFIX, EACH - 1)
    assert len({*codes}) == 2
    assert not any(map(is_sscc, codes))
    assert [len(code) for code in codes] == [18, 18]
    [told] = reports(db, "sscc_used_up")
    assert told["detail"] == {"prefix": PREFIX, "left": 0}
    [job] = rows(db, PrintJob, order_id="1003", document="label")
    label = load(job["content"])  # type: ignore[arg-type]  # JSON of the job
    assert isinstance(label, ParcelLabel)
    assert label.sscc == codes[1]
    assert verify(db).differences == ()


def test_the_lead_is_told_once_when_a_tenth_is_left(db: Database) -> None:
    count_from(db, sscc_capacity(PREFIX) * 9 // 10 - 2)
    packed(db, "1001")
    assert reports(db, "sscc_low") == []
    packed(db, "1002", "1003")
    [told] = reports(db, "sscc_low")
    assert told["detail"] == {"prefix": PREFIX, "left": sscc_capacity(PREFIX) // 10}


def test_a_first_number_is_never_below_one_that_was_given(db: Database) -> None:
    with db.writer.begin() as connection:
        assert parcels.begin_serials(connection, PREFIX, 500) == 500
        assert parcels.begin_serials(connection, PREFIX, 20) == 500
        assert parcels.begin_serials(connection, PREFIX, 500) == 500
        assert parcels.next_serial(connection, PREFIX) == 500
    assert packed(db, "1001") == [sscc(0, PREFIX, 500)]


@pytest.mark.parametrize("prefix", ["9521", "952123", "95212345678", "952123456789"])
def test_a_prefix_of_any_length_counts_to_its_end_and_on(db: Database, prefix: str) -> None:
    take(db, prefix)
    capacity = sscc_capacity(prefix)
    count_from(db, capacity - 1, prefix)
    last, code = packed(db, "1001", "1002")
    assert last == sscc(9, prefix, capacity // 10 - 1)
    assert not is_sscc(code)
    assert [told["detail"] for told in reports(db, "sscc_used_up")] == [{"prefix": prefix, "left": 0}]
    assert verify(db).differences == ()


@pytest.mark.parametrize("prefix", ["952", "9521234567890", ""])
def test_a_prefix_of_another_length_is_none(db: Database, prefix: str) -> None:
    with pytest.raises(IntegrityError):
        take(db, prefix)


def test_a_prefix_within_another_gives_no_number_again(db: Database) -> None:
    take(db, "9521")
    assert packed(db, "1001") == [sscc(0, "9521", 0)]
    take(db, "9521000")
    assert packed(db, "1002") == [sscc(0, "9521000", 1)]
    assert verify(db).differences == ()


def test_two_shops_have_no_prefixes_within_each_other(db: Database) -> None:
    with db.writer.begin() as connection:
        connection.execute(insert(Shop.__table__).values(id="other", name="Other", company_prefix=PREFIX))
    for prefix in (PREFIX[:5], f"{PREFIX}8"):
        with pytest.raises(Mistake, match="begin alike"):
            take(db, prefix)
    take(db, PREFIX)
