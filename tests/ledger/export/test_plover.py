"""PLOVER records, and CAMEO rows read back as CSV."""

import csv
import io
import json

from ledger import Clocks
from ledger.export.as_csv import BYTE_ORDER_MARK, in_csv
from ledger.export.as_json import in_json
from ledger.export.plover import CameoRow, cameo, plover
from tests.examples import file

SAID = """\
  - {statement: asked, by: us, to: vn, act: asked, says: Lift them., on: early May 2025, quote: lift them}
  - {statement: hoped, by: us, act: stated, says: It hopes., on: 2025-05-02, quote: it hopes}
  - {statement: both, by: [us, vn], act: accepted, says: Agreed., on: 2025-05-03, quote: both agreed}
  - {meeting: ring, kind: call, held: 2025-05-04, parties: [us, vn], quote: they spoke}
  - {announcement: coming, kind: round, expected: June 2025, parties: [us, vn], quote: in June}
"""


def records(ledger, day="2025-06-01"):
    with ledger.views(Clocks(as_of=day)) as views:
        found = json.loads(in_json(plover(views, ledger.head().ledger_id)))
    return {one["id"].rpartition("/")[2]: one for one in found}


def rows(ledger, day="2025-06-01"):
    with ledger.views(Clocks(as_of=day)) as views:
        written = in_csv(cameo(views), CameoRow._fields, {})
    return [*csv.DictReader(io.StringIO(written.removeprefix(BYTE_ORDER_MARK)))]


def test_a_record_names_who_acted_on_whom_with_the_source_s_words(ledger):
    file(ledger, SAID)
    asked = records(ledger)["asked"]
    assert (asked["event"], asked["cameo"], asked["text"]) == ("REQUEST", "020", "lift them")
    assert asked["actor"] == [{"actorText": "United States"}]
    assert asked["recipient"] == [{"actorText": "Viet Nam"}]


def test_an_inexact_date_has_its_bounds_and_no_day(ledger):
    file(ledger, SAID)
    asked = records(ledger)["asked"]
    assert "date" not in asked
    assert (asked["dateFirst"], asked["dateLast"]) == ("2025-05-01", "2025-05-10")
    assert [(one["first"], one["last"]) for one in rows(ledger) if one["entry"] == "asked"] == [
        ("2025-05-01", "2025-05-10")
    ]


def test_plover_has_no_comment_and_no_meeting_that_is_only_expected(ledger):
    file(ledger, SAID)
    found = records(ledger)
    assert set(found) == {"asked", "both", "ring"}
    assert (found["ring"]["event"], found["ring"]["mode"]) == ("CONSULT", "phone")
    assert [one["code"] for one in rows(ledger) if one["entry"] == "hoped"] == ["010"]


def test_who_acts_together_is_one_record_and_a_row_each_way(ledger):
    file(ledger, SAID)
    both = records(ledger)["both"]
    assert [one["actorText"] for one in both["actor"]] == ["United States", "Viet Nam"]
    assert "recipient" not in both
    pairs = [(one["source_actor"], one["target_actor"]) for one in rows(ledger) if one["entry"] == "both"]
    assert pairs == [("us", "vn"), ("vn", "us")]


def test_what_counts_only_from_a_later_day_is_left_out(ledger):
    file(ledger, SAID)
    assert "ring" in records(ledger)
    assert "ring" not in records(ledger, "2025-05-03")
