"""Papers are due where the border of customs or of VAT is crossed, which is not always a country's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.territories import crosses_border, territory, territory_of_lines


def crosses(sender: str, to: tuple[str, ...]) -> bool:
    """Whether papers are due from a "country postcode" to a country, postcode and place."""
    country, _, code = sender.partition(" ")
    return crosses_border(territory(country, code), territory(*to))


@pytest.mark.parametrize(
    "to",
    [
        ("ES", "35001"), ("ES", "E-38 003"), ("ES", "", "Las Palmas"), ("ES", "n/a", "Santa Cruz de Tenerife"),
        ("IC", "35001"), ("EA", "51001"), ("ES", "51001"), ("ES", "52001"), ("DE", "78266"), ("DE", "D-27498"),
        ("DE", "", "Büsingen am Hochrhein"), ("IT", "23041"), ("IT", "", "LIVIGNO SO"), ("IT", "22061"),
        ("SM", "47890"), ("IT", "47891"), ("VA", "00120"), ("IT", "00120"), ("FI", "22100"), ("AX", "AX-22100"),
        ("GR", "630 86"), ("FR", "97100"), ("FR", "97200"), ("FR", "97300"), ("FR", "97400"), ("FR", "97500"),
        ("FR", "97600"), ("FR", "97133"), ("FR", "97150"), ("FR", "98800"), ("GP", ""), ("MQ", ""), ("GF", ""),
        ("RE", ""), ("YT", ""), ("MF", ""), ("BL", ""), ("PM", ""), ("NC", ""), ("GB", "SW1A 1AA"), ("UK", "EC1A 1BB"),
        ("GB", "JE2 4UH"), ("GB", "GY1 1AA"), ("JE", ""), ("GG", ""), ("GB", "IM1 1AA"), ("IM", ""), ("CH", "8001"),
        ("LI", "9490"), ("NO", "0150"), ("DK", "3900"), ("FO", "100"), ("GI", ""), ("AD", "AD500"), ("US", "09123"),
    ],
)  # fmt: skip
def test_from_poland_papers_are_due_to(to: tuple[str, ...]) -> None:
    assert crosses("PL 80-001", to)
    assert crosses_border(territory(*to), territory("PL", "80-001"))


@pytest.mark.parametrize(
    "to",
    [
        ("ES", "28001"), ("ES", "28001", "Las Palmas"), ("DE", "78267"), ("IT", "23030"), ("FI", "00100"),
        ("GR", "63088"), ("FR", "75001"), ("FR", "98000"), ("MC", "98000"), ("PT", "9000-001"), ("GB", "BT1 1AA"),
        ("GB", "bt92 3ab"), ("XI", ""), ("GB", "", "Belfast"), ("DK", "3700"), ("IE", "D02 X285"), ("PL", "00-001"),
        ("", ""),
    ],
)  # fmt: skip
def test_from_poland_none_are_due_to(to: tuple[str, ...]) -> None:
    assert not crosses("PL 80-001", to)


@pytest.mark.parametrize(
    ("sender", "to", "due"),
    [
        ("ES 35001", ("ES", "38001"), False),
        ("ES 35001", ("ES", "28001"), True),
        ("ES 51001", ("ES", "52001"), True),
        ("FR 75001", ("FR", "97400"), True),
        ("FR 97400", ("RE", "97410"), False),
        ("FI 00100", ("FI", "22100"), True),
        ("CH 8001", ("LI", "9490"), False),
        ("CH 8001", ("DE", "78266"), False),
        ("CH 8001", ("CH", "8238"), False),
        ("CH 8001", ("IT", "22061"), True),
        ("DE 10115", ("CH", "8238"), True),
        ("GB SW1A1AA", ("GB", "BT1 1AA"), False),
        ("GB BT11AA", ("GB", "SW1A 1AA"), False),
        ("GB BT11AA", ("IE", ""), False),
        ("GB BT11AA", ("US", "10001"), True),
        ("GB SW1A1AA", ("IM", "IM1 1AA"), False),
        ("GB SW1A1AA", ("GB", "JE2 4UH"), True),
        ("JE JE24UH", ("GB", "JE3 1AA"), False),
        ("US 10001", ("PR", ""), False),
        ("US 10001", ("US", "00801"), True),
        ("NO 0150", ("NO", "9170"), True),
        ("NO 0150", ("NO", "9180"), False),
    ],
)
def test_the_sender_has_a_territory_too(sender: str, to: tuple[str, ...], due: bool) -> None:
    assert crosses(sender, to) is due


@pytest.mark.parametrize(
    ("country", "lines", "code"),
    [
        ("ES", ("Isla", "Calle Mayor 12", "35001 Las Palmas"), "IC"),
        ("ES", ("Sol", "Calle 51001", "28001 Madrid"), "ES"),
        ("GB", ("Linen", "1 Road", "Belfast BT1 1AA"), "XI"),
        ("GB", ("Quay 7", "London SW1A 1AA"), "GB"),
        ("DE", ("Laden", "Dorfstr. 1", "Büsingen"), "DE-BU"),
        ("PL", (), "PL"),
    ],
)
def test_a_shops_address_is_read_from_its_lines(country: str, lines: tuple[str, ...], code: str) -> None:
    assert territory_of_lines(country, lines).code == code


ADDRESS = st.tuples(
    st.sampled_from(["ES", "FR", "GB", "DE", "IT", "PL", "US", "RE", ""]), st.text(max_size=9)
)


@given(ADDRESS, ADDRESS)
def test_a_border_is_crossed_both_ways_or_not_at_all(one: tuple[str, str], other: tuple[str, str]) -> None:
    here, there = territory(*one), territory(*other)
    assert crosses_border(here, there) is crosses_border(there, here)
    assert not crosses_border(here, here)
