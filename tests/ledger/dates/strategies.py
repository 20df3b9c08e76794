"""Imprecise dates of every form, for the laws."""

from datetime import date

from hypothesis import strategies as st

from ledger.dates import When, valid

days = st.dates(date(1000, 1, 1), date(9999, 12, 31)).map(date.isoformat)
points = st.tuples(days, st.sampled_from([10, 7, 4])).map(lambda cut: cut[0][: cut[1]])
marked = st.tuples(points, st.sampled_from(["", "~", "?", "%"])).map("".join)
in_order = st.tuples(st.sampled_from([10, 7, 4]), days, days).map(
    lambda drawn: sorted(text[: drawn[0]] for text in drawn[1:])
)
edtfs = st.one_of(
    st.just(""),
    marked,
    in_order.map("/".join),
    marked.map(lambda text: text + "/.."),
    marked.map(lambda text: "../" + text),
    in_order.map(lambda ends: f"[{ends[0]}..{ends[1]}]"),
    points.map(lambda text: f"[{text}..]"),
    points.map(lambda text: f"[..{text}]"),
    st.lists(points, min_size=1, max_size=4).map(lambda texts: f"[{','.join(texts)}]"),
)
whens = st.builds(lambda text, phrase: When(valid(text).edtf, phrase), edtfs, st.text(max_size=20))
