"""Which addresses a parcel can be sent to."""

from dataclasses import replace

import pytest

from data.importers.deliverable import lacking
from data.pick_up import is_pick_up
from data.types import Address

WHOLE = Address("Ann", "", "Quay 7", "", "Gdańsk", "80-835", "", "PL")


@pytest.mark.parametrize(
    ("address", "lacks"),
    [
        (WHOLE, ()),
        (replace(WHOLE, name="", company="Pine Ltd"), ()),
        (replace(WHOLE, line1="", line2="c/o Bo"), ()),
        (replace(WHOLE, name=""), ("name",)),
        (replace(WHOLE, line1=""), ("street",)),
        (replace(WHOLE, city=" "), ("city",)),
        (replace(WHOLE, zip=""), ("zip",)),
        (replace(WHOLE, zip="", country=""), ("zip",)),
        (replace(WHOLE, zip="", country="IE"), ()),
        (replace(WHOLE, zip="", country="ae"), ()),
        (replace(WHOLE, zip="", city="", country="HK"), ()),
        (replace(WHOLE, city="", country="SG"), ()),
        (Address(""), ("name", "street", "city", "zip")),
    ],
)
def test_each_country_needs_its_parts(address: Address, lacks: tuple[str, ...]) -> None:
    assert lacking(address, "Standard", "PL") == lacks


def test_where_no_country_is_known_no_postcode_is_asked() -> None:
    assert lacking(replace(WHOLE, zip="", country=""), "Standard", "") == ()


@pytest.mark.parametrize(
    "service",
    ["Local pickup", "Pick up", "Click & Collect", "Selbstabholung", "Odbiór osobisty", "Самовывоз", "自提"],
)
def test_who_fetches_it_needs_a_name_only(service: str) -> None:
    assert is_pick_up(service)
    assert lacking(Address("Ann"), service, "PL") == ()
    assert lacking(Address(""), service, "PL") == ("name",)


@pytest.mark.parametrize("service", ["Standard", "DHL Express", "Packeta", ""])
def test_other_services_bring_it(service: str) -> None:
    assert not is_pick_up(service)
