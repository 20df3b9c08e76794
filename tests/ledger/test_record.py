"""The record as it is asked, of the whole of it or at a level."""

import pytest

from ledger import AskableRecord, open_record


def test_a_record_at_a_level_follows_what_is_filed(ledger):
    record = open_record(ledger.path, "public")
    ledger.append("party", "jp", {"name": "Japan"})
    ledger.append("party", "kr", {"name": "Korea", "level": "internal"})
    for asked, slugs in ((record, {"jp"}), (open_record(ledger.path, "internal"), {"jp", "kr"})):
        with asked.views() as views:
            assert {one.slug for one in views.parties()} & {"jp", "kr"} == slugs
    assert record.head().position == ledger.head().position - 1
    assert record.position_at(ledger.head().position) == ledger.head().position
    assert record.negotiations() == ledger.negotiations()
    assert record.text_of("talks", "no-source") == ""


def test_a_record_can_be_asked_and_not_written():
    assert [
        name for name in ("append", "file", "correct", "retract", "merge", "erase") if hasattr(AskableRecord, name)
    ] == []


def test_the_last_look_at_a_level_is_one_of_its_own(ledger):
    record = open_record(ledger.path, "public")
    ledger.append("task", "brief-him", {"says": "Brief the minister."})
    record.look("2025-06-15")
    (moment,) = record.moments("last-look")
    assert moment.clocks.position == record.head().position < ledger.head().position


@pytest.mark.parametrize("level", ["", "public"])
def test_a_story_and_a_check_are_asked_of_the_same_part(ledger, level):
    record = open_record(ledger.path, level)
    assert record.check().problems == []
    assert record.story(record.moments("today")[0].clocks) == []
