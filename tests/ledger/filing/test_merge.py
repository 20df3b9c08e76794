"""Merging another desk's ledger: what it filed comes in once, under its name, and leaves alone what others filed."""

import itertools
import shutil
from contextlib import closing
from datetime import timedelta

import pytest

from ledger import open_ledger
from ledger.domain.errors import HeldBeforeAnnounced
from ledger.errors import ProblemsFound
from ledger.filing.errors import DiffersThere, ErasedHere, ErasedThere, SlugTaken
from ledger.views.parties import parties
from tests import laws
from tests.laws import NAMES, Projection
from tests.talks import file_also, paper, said

MINUTES = iter(range(1, 1_000_000))


@pytest.fixture
def desk(tmp_path):
    """Makes a ledger with the names and some reports, or a copy of another."""

    def made(name, *reports, copy=None):
        path = tmp_path / name / "ledger.db"
        path.parent.mkdir()
        if copy is not None:
            shutil.copyfile(copy.path, path)
        else:
            with laws.new_ledger() as ledger:
                file_also(ledger, NAMES)
                shutil.copyfile(ledger.path, path)
        ledger = open_ledger(path, keeper=name)
        with laws.at(laws.BEGINNING + timedelta(minutes=next(MINUTES))):
            file_also(ledger, *reports)
        return ledger

    return made


def statements(ledger):
    with closing(ledger.views()) as views:
        return {one.slug: one for one in views.statements()}


def refusals(ours, theirs, **options):
    with pytest.raises(ProblemsFound) as refused:
        ours.merge(theirs.path, **options)
    return [refusal for _, refusal in refused.value.problems]


OURS, THEIRS = paper("paper-a", said("said-1")), paper("paper-b", said("said-1"), said("said-2"))


def test_a_colleague_who_retracts_their_own_report_takes_nothing_down_here(desk):
    ours, theirs = desk("minh", OURS), desk("lan", THEIRS)
    ours.correct("said-1", {"says": "Lower it."}, "Nearer.")
    theirs.retract("said-1", "Wrong meeting.")
    ours.merge(theirs.path)
    theirs.merge(ours.path)
    for ledger in (ours, theirs):
        assert statements(ledger)["said-1"].says == "Lower it."
        assert statements(ledger)["said-1"].sources == ("paper-a",)


def test_a_colleague_who_retracts_an_entry_of_a_copy_retracts_it_here_too(desk):
    ours = desk("minh", OURS)
    theirs = desk("lan", copy=ours)
    theirs.retract("said-1", "Wrong meeting.")
    ours.merge(theirs.path)
    assert "said-1" not in statements(ours)


def test_a_report_that_comes_after_our_retraction_is_valid_in_either_order(desk):
    ours, theirs = desk("minh", OURS), desk("lan", THEIRS)
    ours.retract("said-1", "Wrong meeting.")
    third = desk("thu", copy=ours)
    ours.merge(theirs.path)
    theirs.merge(third.path)
    assert statements(ours)["said-1"].sources == statements(theirs)["said-1"].sources == ("paper-b",)


def test_merging_twice_takes_nothing_the_second_time_also_after_a_third_desks_report(desk):
    ours, theirs, third = desk("minh", OURS), desk("lan", THEIRS), desk("thu", paper("paper-c", said("said-1")))
    theirs.correct("said-1", {"says": "Lower it."}, "Nearer.", everywhere=True)
    assert ours.merge(theirs.path).recorded
    ours.merge(third.path)
    assert ours.merge(theirs.path).recorded == []
    assert ours.merge(third.path).recorded == []


def test_a_correction_of_all_their_reports_does_not_overwrite_ours(desk):
    ours, theirs = desk("minh", OURS), desk("lan", THEIRS)
    theirs.correct("said-1", {"act": "refused"}, "Nearer.", everywhere=True)
    ours.merge(theirs.path)
    with closing(ours.views()) as views:
        (contest,) = views.contested("said-1")
    assert sorted(contest.values) == ["asked", "refused"]


def test_a_correction_made_in_knowledge_of_ours_counts_whatever_the_clocks_say(desk):
    ours = desk("minh", OURS)
    with laws.at(laws.BEGINNING + timedelta(days=3)):
        ours.correct("said-1", {"says": "Lower it."}, "Nearer.")
    theirs = desk("lan", paper("paper-c", said("said-2")))
    theirs.merge(ours.path)
    with laws.at(laws.BEGINNING + timedelta(days=1)):
        theirs.correct("said-1", {"says": "Raise it."}, "Nearer still.")
    ours.merge(theirs.path)
    assert statements(ours)["said-1"].says == statements(theirs)["said-1"].says == "Raise it."


def test_the_same_file_imported_by_both_desks_is_one_report(desk):
    quoted = paper("paper-a", said("said-1", quote=["We asked."]))
    ours, theirs = desk("minh", quoted), desk("lan", quoted)
    ours.merge(theirs.path)
    with closing(ours.views()) as views:
        assert views.contested() == []
        assert [one.words for one in views.evidence("said-1")] == ["We asked."]
        assert [one.slug for one in views.statements()] == ["said-1"]


CONFLICTS = {
    "one source, other content": (OURS, paper("paper-a", said("said-1", "refused")), DiffersThere),
    "a slug of another kind": (
        paper("paper-a", {"follow-up": "x", "says": "Send."}),
        paper("paper-b", said("x")),
        SlugTaken,
    ),
    "announced after it was held": (
        paper("paper-a", {"meeting": "round-1", "kind": "round", "held": "2025-05-01"}),
        paper("paper-b", {"announcement": "round-1", "kind": "round", "on": "2025-06-03"}),
        HeldBeforeAnnounced,
    ),
}


@pytest.mark.parametrize(("ours", "theirs", "refusal"), CONFLICTS.values(), ids=CONFLICTS)
def test_two_desks_conflict_whichever_merges(desk, ours, theirs, refusal):
    one, other = desk("minh", ours), desk("lan", theirs)
    before = one.head()
    assert [type(found) for found in refusals(one, other)] == [refusal]
    assert [type(found) for found in refusals(other, one)] == [refusal]
    assert one.head() == before


def test_what_one_desk_erased_and_another_holds_is_a_conflict_until_both_erase_it(desk):
    ours = desk("minh", OURS)
    theirs, third = desk("lan", copy=ours), desk("thu")
    theirs.erase("said-1", "By order.")
    assert [type(found) for found in refusals(ours, theirs)] == [ErasedThere]
    assert [type(found) for found in refusals(theirs, ours)] == [ErasedHere]
    third.merge(theirs.path)
    assert [type(found) for found in refusals(third, ours)] == [ErasedHere], "it forgot that it was erased"
    ours.erase("said-1", "By order.")
    assert "said-1" not in statements(ours)
    ours.merge(theirs.path)
    assert "said-1" not in {one.stream.slug for one in ours.merge(third.path).recorded}


def test_an_event_merged_and_erased_here_does_not_come_back(desk):
    ours, theirs = desk("minh"), desk("lan", OURS)
    ours.merge(theirs.path)
    ours.erase("said-1", "By order.")
    assert [type(found) for found in refusals(ours, theirs)] == [ErasedHere]
    assert ours.merge(theirs.path, ours=["said-1"]).recorded == []


def quotes_of(ledger, slug="said-1"):
    """Whether each quotation of an entry is verified."""
    return [one.verified for one in ledger.views(negotiation="talks").evidence(slug)]


def test_a_text_that_one_desk_found_later_verifies_the_quotes_of_the_other(desk):
    told = paper("paper-a", said("said-1", quote=["asked for a sunset clause"]))
    also = paper("paper-a", said("said-2", quote=["A call will follow."]))
    ann, bob = desk("ann", told), desk("bob", told, also)
    ann.append("source", "paper-a", {"text": laws.TEXT}, negotiation="talks")
    assert (quotes_of(ann), quotes_of(bob)) == ([True], [False])
    bob.merge(ann.path)
    assert quotes_of(bob) == [True] and quotes_of(bob, "said-2") == [True]
    ann.merge(bob.path)
    assert quotes_of(ann, "said-2") == [True]


def test_a_quote_that_the_other_desks_text_does_not_say_is_taken_and_named_by_the_check(desk):
    ann, bob = desk("ann", paper("paper-a")), desk("bob", paper("paper-a", said("said-1", quote=["never said"])))
    ann.append("source", "paper-a", {"text": laws.TEXT}, negotiation="talks")
    bob.merge(ann.path)
    [quote] = bob.views(negotiation="talks").evidence("said-1")
    assert quote.told == "NOT in the source's text"
    assert [one.says for one in bob.check(negotiation="talks").problems] == [
        "paper-a does not contain the quote 'never said'."
    ]


@pytest.mark.parametrize("later", [(True, True), (True, False), (False, True)])
def test_two_texts_of_one_source_are_a_conflict_whenever_they_were_frozen(desk, later):
    desks = []
    for name, text, is_later in zip(("ann", "bob"), (laws.TEXT, "Another text."), later, strict=True):
        ledger = desk(name)
        fields = {"title": "A paper"} if is_later else {"title": "A paper", "text": text}
        ledger.append("source", "paper-a", fields, negotiation="talks")
        if is_later:
            ledger.append("source", "paper-a", {"text": text}, negotiation="talks")
        desks.append(ledger)
    ann, bob = desks
    for one, other in ((ann, bob), (bob, ann)):
        with pytest.raises(ProblemsFound, match="sha256"):
            one.merge(other.path)


def test_what_a_colleague_corrected_of_a_report_that_was_retracted_and_filed_again_is_no_conflict(desk):
    ann = desk("ann", paper("paper-a", said("said-1")))
    bob = desk("bob", copy=ann)
    ann.retract("said-1", "misread", negotiation="talks")
    file_also(ann, paper("paper-a", said("said-1", says="Something else.")))
    bob.correct("said-1", {"says": "Lower them."}, "a slip", negotiation="talks")
    bob.merge(ann.path)
    [statement] = bob.views(negotiation="talks").statements()
    assert statement.says == "Something else."


def test_a_circle_of_members_that_two_desks_make_is_read_without_end(desk):
    ours = desk("minh", paper("paper-a", said("said-1", by="eu", to="us"), {"role": "us", "as": "member", "of": "eu"}))
    theirs = desk("lan", paper("paper-b", {"role": "eu", "as": "member", "of": "us"}))
    ours.merge(theirs.path)
    with closing(ours.views()) as views:
        found = {one.slug: one.members for one in parties(views)}
        assert (found["eu"], found["us"]) == (("us",), ("eu",))
        assert [one.by for one in views.statements()] == [("eu",)]
    answers = laws.answers(Projection(ours).rebuild().asked("2025-07-01"))
    assert laws.answers(Projection(ours).catch_up().asked("2025-07-01")) == answers
    assert ours.append("role", "vn", {"as": "member", "of": "us"}, negotiation=laws.NEGOTIATION).recorded


@pytest.fixture
def three(desk):
    """Two desks that corrected one statement differently, and a third that settled it with the words of the second."""
    minh = desk("minh", OURS)
    lan, hoa = desk("lan", copy=minh), desk("hoa", copy=minh)
    minh.correct("said-1", {"says": "Lower it."}, "Nearer.")
    lan.correct("said-1", {"says": "Lower them."}, "Nearer still.")
    hoa.merge(minh.path)
    hoa.correct("said-1", {"says": "Lower them."}, "Lan's words are nearer.")
    return {"minh": minh, "lan": lan, "hoa": hoa}


@pytest.mark.parametrize("into, first, second", [*itertools.permutations(("minh", "lan", "hoa"))])
def test_of_ledgers_that_are_merged_at_once_one_may_settle_a_conflict_of_the_others(three, into, first, second):
    ours = three[into]
    before = ours.head().position
    paths = three[first].path, three[second].path
    assert len(ours.merge(*paths, dry_run=True).recorded) > 0
    assert ours.head().position == before, "a dry run was recorded"
    ours.merge(*paths)
    assert statements(ours)["said-1"].says == "Lower them."
    assert ours.merge(*paths).recorded == []


def test_a_conflict_that_none_of_the_ledgers_settles_is_refused_and_none_is_merged(desk, three):
    minh, lan, tam = three["minh"], three["lan"], desk("tam", paper("paper-t", said("said-9")))
    before = minh.head()
    with pytest.raises(ProblemsFound) as refused:
        minh.merge(tam.path, lan.path)
    assert [where for where, _ in refused.value.problems] == ["ledger.db: statement said-1"]
    assert minh.head() == before
    assert set(statements(minh)) == {"said-1"}
