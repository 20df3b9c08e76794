"""The level of each event, on small ledgers that are filed as a person would."""

import pytest

from ledger.domain.events import Stream
from ledger.errors import ProblemsFound, Refusal
from ledger.filing.lookup import Lookup
from ledger.log.log import Log

CABLE = {"kind": "note", "title": "Cable", "published": "2025-05-20", "level": "confidential"}
ASKED = {"by": "us", "to": "vn", "act": "asked", "issues": "export-controls", "says": "Lower them.", "on": "2025-05-19"}


@pytest.fixture
def filed(ledger):
    """A paper that all may read, and a cable that is confidential."""
    ledger.append("source", "paper", {"kind": "news", "title": "Paper", "published": "2025-05-21"})
    ledger.append("source", "cable", CABLE)
    return ledger


def level(ledger, slug):
    return ledger.level_of(slug).level


def ranks(ledger, stream):
    """The rank of each event of an entry."""
    log = Log(ledger.path)
    lookup = Lookup(log, stream.negotiation)
    found = lookup.ranks(stream)
    of_it = [found.of(one) for one in log.stream(stream)]
    log.close()
    return of_it


def test_what_rests_on_a_source_is_at_least_at_its_level(filed):
    filed.append("statement", "in-paper", ASKED, source="paper")
    filed.append("statement", "in-cable", ASKED, source="cable")
    assert (level(filed, "in-paper"), level(filed, "in-cable")) == ("public", "confidential")
    filed.append("statement", "sharper", {**ASKED, "level": "internal"}, source="paper")
    assert level(filed, "sharper") == "internal"


def test_own_notes_and_tasks_are_internal_unless_said_otherwise(filed):
    filed.append("task", "brief-him", {"says": "Brief the minister."})
    filed.append("task", "announce", {"says": "Announce it.", "level": "public"})
    filed.append("statement", "noted", ASKED, note="They asked again.")
    filed.append("statement", "told", {**ASKED, "level": "public"}, note="They asked once more.")
    assert [level(filed, slug) for slug in ("brief-him", "announce", "noted", "told")] == [
        "internal", "public", "internal", "public",
    ]  # fmt: skip


def test_an_entry_is_at_least_at_the_level_of_those_that_it_names_also_by_way_of_others(filed):
    filed.append("statement", "the-ask", ASKED, source="cable")
    filed.append("statement", "the-answer", {**ASKED, "by": "vn", "to": "us", "answers": "the-ask"}, source="paper")
    filed.append("task", "reply", {"says": "Reply.", "waits-on": "export-controls", "level": "public"})
    assert level(filed, "the-answer") == "confidential"
    filed.set_level("export-controls", "internal", "Not to be mentioned.")
    assert level(filed, "reply") == "internal"


def test_a_level_below_that_of_what_an_entry_names_is_refused_in_a_sentence_and_nothing_is_written(filed):
    before = filed.head().position
    with pytest.raises(ProblemsFound, match="in-cable cannot be public: cable, which it names or rests"):
        filed.append("statement", "in-cable", {**ASKED, "level": "public"}, source="cable")
    filed.append("statement", "in-cable", ASKED, source="cable")
    with pytest.raises(Refusal, match=r"cable, .* is confidential. Lower cable first \(`parley level cable internal"):
        filed.set_level("in-cable", "internal", "It was printed.")
    assert filed.head().position == before + 1


def test_a_meeting_is_as_open_as_its_most_open_report_and_each_report_as_its_source(filed):
    met = {"kind": "round", "number": "1", "held": "2025-05-18"}
    filed.append("meeting", "round-1", {**met, "place": "Hanoi"}, source="paper")
    filed.append("meeting", "round-1", {**met, "place": "A villa"}, source="cable")
    assert filed.level_of("round-1").reports == {"public": 1, "confidential": 1}
    assert level(filed, "round-1") == "public"


def test_a_later_report_of_a_confidential_entry_does_not_reveal_it_unless_that_is_said(filed):
    met = {"kind": "round", "number": "1", "held": "2025-05-18"}
    filed.append("meeting", "round-1", {**met, "place": "A villa"}, source="cable")
    filed.append("meeting", "round-1", {**met, "place": "Hanoi"}, source="paper")
    assert level(filed, "round-1") == "confidential"
    filed.set_level("round-1", "public", "It is in the papers.")
    assert filed.level_of("round-1").reports == {"public": 1, "confidential": 1}


def test_a_level_is_changed_by_an_event_that_is_seen_only_from_the_higher_of_both(filed):
    filed.append("statement", "in-paper", ASKED, source="paper")
    filed.set_level("in-paper", "internal", "Too early.")
    filed.set_level("in-paper", "public", "It is known.")
    assert ranks(filed, Stream("vn-us-trade", "statement", "in-paper")) == [0, 1, 1]
    with pytest.raises(Refusal, match="The statement in-paper is public already"):
        filed.set_level("in-paper", "public", "Again.")


def test_changing_a_level_names_the_entries_that_change_with_it(filed):
    filed.append("statement", "in-paper", ASKED, source="paper")
    filed.append("statement", "answer", {**ASKED, "by": "vn", "to": "us", "answers": "in-paper"}, source="paper")
    _, moved = filed.set_level("in-paper", "internal", "Too early.", dry_run=True)
    assert moved == ("answer",)
    assert level(filed, "answer") == "public"


def test_a_correction_is_at_the_level_of_what_it_corrects_and_a_retraction_of_the_most_open_of_it(filed):
    met = {"kind": "round", "number": "1", "held": "2025-05-18"}
    filed.append("meeting", "round-1", {**met, "place": "Hanoi"}, source="paper")
    filed.append("meeting", "round-1", {**met, "place": "A villa"}, source="cable")
    filed.correct("round-1", {"place": "Ha Noi"}, "Misread.", everywhere=True)
    filed.retract("round-1", "It was a call.")
    assert ranks(filed, Stream("vn-us-trade", "meeting", "round-1")) == [0, 2, 2, 0]


def test_an_end_is_no_more_open_than_its_beginning(filed):
    job = {"says": "Send the list.", "owners": "vn", "on": "2025-05-18"}
    filed.append("follow-up", "send-list", job, source="cable")
    filed.append(
        "closed", "send-list", {"outcome": "done", "on": "2025-05-20", "level": "confidential"}, source="paper"
    )
    assert ranks(filed, Stream("vn-us-trade", "follow-up", "send-list")) == [2, 2]


def test_entries_that_name_one_another_in_a_circle_have_one_level(filed):
    filed.append("statement", "one", ASKED, source="paper")
    filed.append("statement", "other", {**ASKED, "by": "vn", "to": "us", "answers": "one"}, source="paper")
    filed.correct("one", {"answers": ["other"]}, "It answers it as well.")
    assert (level(filed, "one"), level(filed, "other")) == ("public", "public")
    filed.set_level("other", "internal", "Too early.")
    assert (level(filed, "one"), level(filed, "other")) == ("public", "internal")


def test_names_filed_with_a_confidential_report_have_its_level(filed, tmp_path):
    (tmp_path / "cable.yaml").write_text(
        "negotiation: vn-us-trade\nsource: {slug: wire, title: Wire, published: 2025-05-22, level: confidential}\n"
        "entries:\n  - {issue: bases, title: Bases}\n  - {person: cy, name: Cy, party: vn, level: internal}\n"
    )
    filed.import_files([tmp_path / "cable.yaml"])
    assert (level(filed, "bases"), level(filed, "cy")) == ("confidential", "internal")
    assert filed.import_files([tmp_path / "cable.yaml"]).recorded == []
