"""What is left of a company prefix's numbers, whatever its length."""

from hypothesis import given
from hypothesis import strategies as st

from data.types import ExceptionKind
from picker.services.orders.numbers import left, running_out
from scanning.codes import parcel_number, sscc_capacity


@given(st.text("0123456789", min_size=4, max_size=12), st.data())
def test_the_lead_is_told_from_nine_tenths_on(prefix: str, data: st.DataObject) -> None:
    capacity = sscc_capacity(prefix)
    nearly = capacity * 9 // 10
    edges = st.sampled_from([0, nearly - 2, nearly - 1, nearly, capacity - 1, capacity])
    count = data.draw(st.one_of(edges, st.integers(0, 2 * capacity)))
    number = parcel_number(prefix, count)
    assert left(prefix, number) == max(0, capacity - count - 1)
    late = ExceptionKind.SSCC_LOW if count + 1 < capacity else ExceptionKind.SSCC_USED_UP
    assert running_out(prefix, number) == (late if count + 1 >= nearly else None)
