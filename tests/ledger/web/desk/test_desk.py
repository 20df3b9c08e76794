"""The desk: from a pasted report to the record, by forms alone."""

import re
from contextlib import closing

from ledger import Ledger
from ledger.web.site import Site
from tests.ledger.desk.drafts import REPORT, long_report
from tests.ledger.web.desk.conftest import HOME, AtDesk
from tests.ledger.web.serving import text_of


def ids(at_desk: AtDesk, draft: str) -> list[str]:
    return re.findall(r'<(?:form|p) id="(e\d+)" class="entry', at_desk.page(draft))


def form(at_desk: AtDesk, draft: str, entry: str) -> str:
    """The form of an entry, as the page has it when the entry is in hand."""
    page = at_desk.page(f"{draft}?at={entry}")
    return page.partition(f'<form id="{entry}"')[2].partition("</form>")[0]


def complete(at_desk: AtDesk, draft: str) -> None:
    """Accept every entry; one whose act is open gets the first act offered."""
    for entry in ids(at_desk, draft):
        told = at_desk.do(draft, "accept", entry)
        if told["refused"]:
            act = re.search(r'name="f-act" value="([a-z-]+)"', form(at_desk, draft, entry))
            assert act
            told = at_desk.do(draft, "accept", entry, **{"f-act": act[1]})
        assert not told["refused"], told["says"]


def statements(ledger: Ledger) -> int:
    with closing(ledger.views()) as views:
        return len(views.labels("statement"))


def test_a_report_is_pasted_decided_reviewed_and_filed(at_desk: AtDesk) -> None:
    ledger = at_desk.site.ledger
    before, head = statements(ledger), ledger.head().position
    draft = at_desk.paste()
    complete(at_desk, draft)
    review = text_of(at_desk.page(f"{draft}?review=1"))
    assert "This will record 10 events" in review and "Nothing is written yet" in review
    assert "9 July 2025" in review and "issues: " in review
    assert ledger.head().position == head
    filed = at_desk.send(draft, do="file")
    assert filed.location == f"{HOME}?filed={head + 1}-{head + 10}"
    page = text_of(at_desk.page(filed.location))
    assert "Filed 10 events" in page and "What changed" in page
    assert "Round 7" in page
    assert statements(ledger) == before + 6
    with closing(ledger.views()) as views:
        assert {one.recorded_by for one in views.log() if one.position > head} == {"lan"}
    assert at_desk.site.respond(draft, {}).status == 400  # the draft is deleted when it is filed


def test_the_review_names_the_entries_whose_quoted_words_their_source_shows(at_desk: AtDesk) -> None:
    draft = at_desk.paste()
    entry = next(one for one in ids(at_desk, draft) if 'value="dien-asked' in form(at_desk, draft, one))
    assert not at_desk.do(draft, "type", entry, **{"f-level": "confidential"})["refused"]
    complete(at_desk, draft)
    review = text_of(at_desk.page(f"{draft}?review=1"))
    assert "(confidential) can be read in the text of" in review


def test_an_entry_with_a_problem_is_not_accepted_and_says_so_at_its_field(at_desk: AtDesk) -> None:
    draft = at_desk.paste()
    entry = next(one for one in ids(at_desk, draft) if 'value="dien-asked' in form(at_desk, draft, one))
    told = at_desk.do(draft, "accept", entry, **{"f-issues": "cod quotas"})
    assert told["refused"] and told["at"] == entry
    assert "There is no issue &#39;cod quotas&#39;" in told["parts"][entry]
    assert "is a new issue" in told["parts"][entry]
    told = at_desk.do(draft, "name:issues:cod quotas", entry, **{"f-issues": "cod quotas"})
    assert not at_desk.do(draft, "accept", entry)["refused"]
    assert "cod-quotas" in form(at_desk, draft, entry)


def test_the_name_of_a_person_stands_for_the_slug_of_whom_an_appointment_is_about(at_desk: AtDesk) -> None:
    draft = at_desk.paste()
    entry = at_desk.do(draft, "add", sentence=0, kind="appointment")["at"]
    at_desk.do(draft, "accept", entry, **{"is-a": "appointment", "slug": "Jamieson Greer", "f-post": "Envoy"})
    assert 'value="jamieson-greer"' in form(at_desk, draft, entry).partition(f'id="{entry}-slug"')[2][:200]
    assert "1 accepted" in at_desk.page(draft)


def test_undo_and_redo_survive_a_restart(at_desk: AtDesk) -> None:
    draft = at_desk.paste()
    first, second, *_ = ids(at_desk, draft)
    at_desk.do(draft, "accept", first)
    at_desk.do(draft, "skip", second)
    decided = text_of(at_desk.page(draft))
    assert "1 accepted, 1 skipped" in decided
    later = AtDesk(Site(at_desk.site.ledger, "/raw_tables"))
    later.do(draft, "undo")
    later.do(draft, "undo")
    assert "0 accepted, 0 skipped" in text_of(later.page(draft))
    later.do(draft, "redo")
    later.do(draft, "redo")
    assert "1 accepted, 1 skipped" in text_of(later.page(draft))


def test_an_older_window_is_told_and_changes_nothing(at_desk: AtDesk) -> None:
    draft = at_desk.paste()
    first, second, *_ = ids(at_desk, draft)
    number = at_desk.number(draft)
    assert at_desk.send(draft, True, number=number, do="accept", entry=first).status == 200
    older = at_desk.send(draft, True, number=number, do="accept", entry=second)
    assert older.status == 409 and "changed in another window" in older.body
    assert "1 accepted" in text_of(at_desk.page(draft))


def test_two_desks_file_the_same_report_and_the_second_is_told(at_desk: AtDesk) -> None:
    mine = at_desk.paste()
    theirs = at_desk.send(HOME, report=REPORT, keeper="minh").location
    assert theirs != mine
    for draft in (mine, theirs):
        complete(at_desk, draft)
    assert at_desk.send(mine, do="file").status == 303
    head = at_desk.site.ledger.head().position
    second = at_desk.send(theirs, do="file")
    assert second.status == 409
    assert "was filed meanwhile as example-2025-07-10, with 9 entries, by lan" in text_of(second.body)
    assert at_desk.site.ledger.head().position == head
    assert "Discard" in at_desk.page(HOME)


def test_the_same_report_pasted_again_by_the_same_person_is_the_same_draft(at_desk: AtDesk) -> None:
    draft = at_desk.paste()
    at_desk.do(draft, "skip", ids(at_desk, draft)[0])
    assert at_desk.paste() == draft
    assert "1 skipped" in text_of(at_desk.page(HOME))


def test_what_is_of_record_already_is_filed_as_nothing_new(at_desk: AtDesk) -> None:
    draft = at_desk.paste()
    complete(at_desk, draft)
    at_desk.send(draft, do="file")
    again = at_desk.paste()
    page = text_of(at_desk.page(again))
    assert "already in the record as example-2025-07-10" in page
    assert "The record already has" in page


def test_a_draft_is_discarded_and_nothing_is_filed_without_an_accepted_entry(at_desk: AtDesk) -> None:
    draft = at_desk.paste()
    assert "No entry is accepted yet" in text_of(at_desk.page(f"{draft}?review=1"))
    assert at_desk.send(draft, do="file").status == 409
    assert at_desk.send(draft, do="discard").status == 303
    assert "Drafts" not in text_of(at_desk.page(HOME))


def test_what_is_missing_at_the_start_is_said_and_the_text_is_not_lost(at_desk: AtDesk) -> None:
    nameless = at_desk.send(HOME, report="A report.", keeper=" ")
    assert "Give your name" in text_of(nameless.body) and "A report." in nameless.body
    assert "Paste the text" in text_of(at_desk.send(HOME, report=" ", keeper="lan").body)
    assert "is not one day" in text_of(at_desk.send(HOME, report="x", keeper="lan", published="2025-05").body)


def test_a_sentence_without_a_suggestion_gets_an_entry_or_is_passed_over(at_desk: AtDesk) -> None:
    draft = at_desk.paste()
    told = at_desk.do(draft, "pass", sentence=0)
    assert "skipped" in told["parts"]["s0"]
    told = at_desk.do(draft, "add", sentence=1, kind="follow-up")
    assert told["at"] in told["order"] and "Follow up" in told["parts"][told["at"]]
    told = at_desk.do(draft, "quote", told["at"], sentence=1, offset=0, words="WASHINGTON")
    assert "WASHINGTON" in told["parts"][told["at"]]


def test_the_source_is_described_and_its_day_reads_the_dates_again(at_desk: AtDesk) -> None:
    draft = at_desk.paste("Nguyen Hong Dien met Jamieson Greer in Hanoi on July 9. It rained.")
    assert "The day of publication is unknown" in text_of(at_desk.page(draft))
    told = at_desk.do(draft, "source", **{"f-published": "2025-07-10", "f-title": "Talks"})
    assert told["reload"]
    assert "2025-07-09" in at_desk.page(draft)


def test_a_phrase_is_read_back_while_it_is_typed(at_desk: AtDesk) -> None:
    draft = at_desk.paste()
    told = at_desk.do(draft, "type", "e1", **{"f-held": "July 8"})
    assert "8 July 2025" in told["parts"]["e1-held-read"]
    told = at_desk.do(draft, "type", "e1", **{"f-held": "some day"})
    assert "8 July" not in told["parts"]["e1-held-read"] and "some day" in told["parts"]["e1-held-problem"]


def test_an_appointment_and_a_closing_ask_in_sight_whom_and_what_they_are_about(at_desk: AtDesk) -> None:
    draft = at_desk.paste()
    for kind, subject, typed in (("appointment", "person", "us/jamieson-greer"), ("closed", "follow-up", "")):
        added = at_desk.do(draft, "add", sentence=0, kind=kind)
        entry = str(added["at"])
        assert f'data-names="{subject}"' in added["parts"][entry].partition("More fields")[0]
        told = at_desk.do(draft, "accept", entry, slug="")
        assert told["refused"] and "Say whom or what this entry is about." in told["says"]
        if typed:
            assert not at_desk.do(draft, "accept", entry, slug=typed, **{"f-post": "trade envoy"})["refused"]
        else:
            assert "This closing needs an outcome." in told["says"]


def test_the_page_of_a_long_report_opens_with_its_first_suggestions(at_desk: AtDesk) -> None:
    answer = at_desk.send(HOME, report=long_report(), keeper="lan", scripted="1")
    draft, _, query = answer.location.partition("?")
    assert query == "first=1"
    page = at_desk.page(answer.location)
    first = re.findall(r'<(?:form|p) id="(e\d+)" class="entry', page)
    assert "data-unread" in page and "the rest is being read" in page
    at_desk.numbers[draft] = 1
    told = at_desk.do(draft, "read", first[0])
    assert "data-unread" not in at_desk.page(answer.location)
    assert len(told["order"]) > len(first) and told["order"][: len(first)] == first
    assert {"head", told["order"][-1]} <= {*told["parts"]}
    assert "<form" not in told["parts"][told["order"][-1]]  # its form is fetched when it is wanted


def test_without_a_script_or_in_another_window_a_long_report_is_read_whole(at_desk: AtDesk) -> None:
    assert "data-unread" not in at_desk.page(at_desk.paste(long_report()))
    draft = at_desk.paste(long_report(30), scripted="1")
    assert "data-unread" not in at_desk.page(draft)
    assert len(ids(at_desk, draft)) > 30


def test_a_decision_about_a_first_suggestion_reads_the_rest_as_well(at_desk: AtDesk) -> None:
    draft = at_desk.paste(long_report(), scripted="1")
    at_desk.numbers[draft] = 1
    told = at_desk.do(draft, "skip", "e1")
    assert len(told["order"]) > 30
    assert ids(at_desk, draft) == told["order"]
