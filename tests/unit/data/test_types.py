"""A parcel's name as text and back, and the states of a print job in the shop and in its spool."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.types import OrderId, ParcelRef, PrintJobState
from printing.jobs import JobState


@given(st.text(min_size=1), st.integers(min_value=1))
def test_a_parcel_comes_back_from_its_text(order: str, number: int) -> None:
    parcel = ParcelRef(OrderId(order), number)
    assert ParcelRef.read(str(parcel)) == parcel


@pytest.mark.parametrize("text", ["", "1001", "/1", "1001/", "1001/x", "1001/-1"])
def test_a_text_that_names_no_parcel_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="order/number"):
        ParcelRef.read(text)


def test_the_shop_knows_each_state_of_a_spool_and_one_before_them() -> None:
    assert {state.value for state in PrintJobState} == {"due", *(state.value for state in JobState)}
