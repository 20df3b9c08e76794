"""Amounts of every form, for the laws."""

from hypothesis import strategies as st

from ledger.domain.figures.amount import Amount

numbers = st.one_of(
    st.decimals(min_value=0, max_value=10**10, places=2).map(lambda number: f"{number.normalize():f}"),
    st.decimals(min_value=0, max_value=999, places=2).map(str),  # with every digit: 2.40
)
units = st.sampled_from(["", "percent", "US$", "€", "tonnes", "percentage points"])
times = st.sampled_from(["", "year", "tonne"])


def _exact(number: str, unit: str, per: str, about: bool) -> Amount:
    return Amount(number, number, unit=unit, per=per, about=about)


def _range(ends: list[str], unit: str, per: str, about: bool) -> Amount:
    low, high = ends
    return Amount(low, high, unit=unit, per=per, about=about)


def _bound(number: str, unit: str, per: str, upper: bool, beyond: bool) -> Amount:
    return Amount("" if upper else number, number if upper else "", beyond=beyond, unit=unit, per=per)


def _part(ends: list[str], unit: str) -> Amount:
    return Amount(ends[0], ends[0], whole=ends[1], unit=unit)


ends = st.lists(numbers, min_size=2, max_size=2, unique=True).map(lambda pair: sorted(pair, key=float))
amounts = st.one_of(
    st.builds(_exact, numbers, units, times, st.booleans()),
    st.builds(_range, ends, units, times, st.booleans()),
    st.builds(_bound, numbers, units, times, st.booleans(), st.booleans()),
    st.builds(_part, ends, st.sampled_from(["", "chapters"])),
)
