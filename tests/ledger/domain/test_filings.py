"""Reports of one entry from several ledgers: equal reports count as one, whatever the order of recording here."""

from itertools import permutations

from ledger.domain.events import EntryReinstated, EntryRetracted, Origin, Quote, Recorded, Stream
from ledger.domain.filings import as_filed, corrections, covered, field_types, filings
from ledger.domain.reports import standing
from tests.examples import NEGOTIATION, NOW, corrected, held, on, registered, reinstated, retracted

STREAM = Stream(NEGOTIATION, "meeting", "round-3")


def recorded(version, event, first="", rank=0):
    """An event of this ledger; with `first`, the time of its first recording, it comes from another ledger."""
    origin = Origin(f"id-{first}", first, 1, rank) if first else None
    return Recorded(version, STREAM, version, NOW, "keeper", event, "", origin)


def filed(records):
    return filings(records, corrections(records))


def places(records):
    return [one.report.event.place for one in filed(records) if one.is_valid]


def test_a_report_that_two_ledgers_filed_is_one_report_of_the_first_day():
    (one,) = filed([recorded(1, held()), recorded(2, held(), "2025-06-01T09:00:00Z")])
    assert one.versions == {1, 2}
    assert one.report.first_day == "2025-06-01"


def test_reports_are_in_the_order_of_filing_wherever_they_were_filed():
    later, earlier = held(place="Hue"), held(place="Hanoi", source="ustr")
    assert places([recorded(1, later), recorded(2, earlier, "2025-06-01T09:00:00Z")]) == ["Hanoi", "Hue"]


def test_a_correction_covers_the_same_report_that_another_ledger_filed_later():
    assert places([recorded(1, held()), recorded(2, corrected(place="Hue")), recorded(3, held(), "2025-06-20")]) == [
        "Hue"
    ]


def test_a_correction_of_all_reports_leaves_what_another_ledger_filed_by_itself():
    other = recorded(3, held(place="Hanoi", source="ustr"), "2025-06-20")
    assert places([recorded(1, held()), recorded(2, corrected(place="Hue")), other]) == ["Hue", "Hanoi"]


def test_a_retraction_takes_back_what_its_ledger_held_and_nothing_else():
    other = recorded(3, held(place="Hanoi", source="ustr"), "2025-06-20")
    stood = standing([recorded(1, held()), recorded(2, retracted()), other])
    assert [report.event.place for report in stood.reports] == ["Hanoi"]
    assert stood.retracted is None


def test_a_report_that_two_ledgers_filed_is_valid_until_both_retract_it():
    both = [recorded(1, held()), recorded(2, held(), "2025-06-01")]
    one = EntryRetracted(cause="entry-error", reason="a slip", reports=(2,))
    assert places([*both, recorded(3, one, "2025-06-02")]) == [""]
    assert standing([*both, recorded(3, one, "2025-06-02"), recorded(4, retracted("ours"))]).retracted.reason == "ours"


def test_a_reinstatement_takes_back_the_retractions_that_its_ledger_held_and_no_other():
    filed = [recorded(1, held()), recorded(2, retracted("a slip")), recorded(3, reinstated())]
    assert standing(filed).retracted is None
    again = standing([*filed, recorded(4, retracted("no, it was right"))])
    assert again.retracted.reason == "no, it was right"
    elsewhere = EntryRetracted(cause="entry-error", reason="theirs", reports=(1,))
    assert standing([*filed, recorded(4, elsewhere, "2025-06-02")]).retracted.reason == "theirs"
    theirs = EntryReinstated(reason="a slip of ours", retractions=(4,))
    merged = [*filed, recorded(4, elsewhere, "2025-06-02"), recorded(5, theirs, "2025-06-03")]
    assert standing(merged).retracted is None


def test_corrections_apply_in_the_order_of_their_ranks_whatever_the_clocks_say():
    first = recorded(2, corrected(of=1, place="Hue"), "2025-06-09", rank=1)
    second = recorded(3, corrected(of=1, place="Hanoi"), "2025-06-01", rank=2)
    for one, other in permutations((first, second)):
        records = [recorded(1, held()), one._replace(version=2), other._replace(version=3)]
        assert places(records) == ["Hanoi"]
        assert [correction.rank for correction in corrections(records)] == [1, 2]


def test_a_correction_ranks_above_those_that_its_ledger_held():
    merged = recorded(2, corrected(of=1, place="Hue"), "2099-01-01", rank=4)
    assert places([recorded(1, held()), merged, recorded(3, corrected(of=1, place="Hanoi"))]) == ["Hanoi"]


def test_a_correction_covers_one_report_or_all_before_it():
    records = [recorded(1, held()), recorded(2, held(place="Hue")), recorded(3, corrected(place="Hanoi"))]
    assert covered(records[2], records) == {1, 2}
    assert covered(recorded(3, corrected(of=2, place="Hanoi")), records) == {2}


def test_where_one_ledger_had_the_text_its_places_count():
    bare, verified = held(quotes=(Quote("a round"),)), held(quotes=(Quote("a round", 4, 11),))
    (one,) = filed([recorded(1, bare), recorded(2, verified, "2025-06-20")])
    assert one.report.event.quotes[0].verified
    assert as_filed(bare) == as_filed(verified)
    assert as_filed(registered(text="a", sha256="b")) == as_filed(registered())


def test_a_correction_has_the_types_of_the_fields():
    (one,) = filed([recorded(1, held()), recorded(2, corrected(held={"edtf": "2025-06-11"}))])
    assert one.report.event.held == on("2025-06-11")
    assert "source" not in field_types(type(held()))
