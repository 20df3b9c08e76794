import pytest

from ledger.domain import events
from ledger.domain.events import Attendee, Change, Condition
from ledger.domain.figures.figure import Figure
from ledger.levels.references import named

CHANGED = {
    "issues": Change(["origin"], ["tariffs"]),
    "people": Change({"each": [[{"who": "us/ann"}], []]}, [{"who": "bo"}]),
}


@pytest.mark.parametrize(
    ("event", "slugs"),
    [
        (events.NegotiationOpened(title="Talks", parties=("us", "vn")), "us vn"),
        (
            events.StatementReported(
                source="cable",
                by=("us/ann",),
                to=("vn",),
                act="asked",
                says="Lower them.",
                issues=("tariffs",),
                at="round-1",
                answers=("s1",),
                reaffirms=("s2",),
                depends_on=("s3",),
                replaces=("s4",),
                meets=("s5",),
                reported_by="eu/cy",
                on_behalf_of=("eu",),
                conditional_on=(Condition("if", "origin"),),
                figures=(Figure("rate", "5 percent"),),
            ),
            "cable us ann vn tariffs round-1 s1 s2 s3 s4 s5 eu cy origin rate",
        ),
        (events.MeetingAnnounced(kind="round", before="round-2", people=(Attendee("us/ann"),)), "round-2 us ann"),
        (events.TaskNoted(says="x", assignee="ann", waits_on=("job",)), "ann job"),
        (events.RoleReported(role="member", of_party="bloc"), "bloc"),
        (events.SourceRegistered(kind="news", title="x", account_of="us", derived_from="paper"), "us paper"),
        (events.AnswerAsserted(question="ask", about="tariffs", asker="us", answer="open"), "tariffs us"),
        (events.AnswerAsserted(question="next-round", answer="round-3"), "round-3"),
        (events.EntryCorrected(changes=CHANGED, reason="x", source="cable"), "cable origin tariffs us ann bo"),
        (events.EntryCorrected(changes={"says": Change("origin", "tariffs")}, reason="x"), ""),
    ],
)
def test_an_event_names_the_entries_in_its_fields_and_in_those_that_it_corrects(event, slugs):
    assert named(event) == {*slugs.split()}
