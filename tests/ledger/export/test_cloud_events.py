"""The record as CloudEvents, read with another library than wrote it."""

import json

from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from ledger import Clocks
from ledger.export.as_json import in_json
from ledger.export.cloud_events import cloud_events
from tests.examples import file

ASKED = (
    "  - {statement: asked, by: us, to: vn, act: asked, issues: export-controls, says: Lift them., on: early May 2025,"
    " quote: lift them}\n"
)
LATER = ASKED.replace("statement: asked", "statement: again").replace("early May 2025", "2025-05-20")


def read(ledger, day="2025-06-01"):
    head = ledger.head()
    with ledger.views(Clocks(as_of=day)) as views:
        batch = json.loads(in_json(cloud_events(views, head.ledger_id)))
    assert not [one for one in batch if "time" in one], "more exact than any report"
    return [JSONFormat().read(CloudEvent, json.dumps(one)) for one in batch], head


def test_every_event_of_the_log_is_a_cloud_event_with_its_position_entry_and_moment(ledger):
    file(ledger, ASKED)
    found, head = read(ledger)
    with ledger.views(Clocks(as_of="2025-06-01")) as views:
        rows = views.log()
    assert [one.get_id() for one in found] == [str(row.position) for row in rows]
    assert {one.get_source() for one in found} == {f"urn:uuid:{head.ledger_id}"}
    assert [one.get_subject() for one in found] == [f"vn-us-trade/{row.kind}/{row.slug}" for row in rows]
    assert [one.get_attributes()["recordedtime"] for one in found] == [row.recorded_at for row in rows]


def test_a_date_is_as_exact_as_the_report_and_the_words_are_the_source_s(ledger):
    file(ledger, ASKED)
    [asked] = [one for one in read(ledger)[0] if one.get_type() == "parley.StatementReported"]
    data = asked.get_data()
    assert (data["occurred"], data["occurred_phrase"]) == ("[2025-05-01..2025-05-10]", "early May 2025")
    assert data["quotes"] == ["lift them"]


def test_what_counts_only_from_a_later_day_is_left_out(ledger):
    file(ledger, ASKED + LATER)
    subjects = [one.get_subject() for one in read(ledger, "2025-05-15")[0]]
    assert "vn-us-trade/statement/asked" in subjects
    assert "vn-us-trade/statement/again" not in subjects
