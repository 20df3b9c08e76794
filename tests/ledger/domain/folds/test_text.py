"""A draft text: the latest version, with the wordings that were reported since."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain import events
from ledger.domain.events import ProvisionTabled
from ledger.domain.folds import text
from tests.examples import known, on

FIRST = {"5.1": "We [shall](vn) [should](us) go.", "5.2": "Each Party pays."}


def tabled(version: str, provisions: dict[str, str], day: str, source: str = "vna", **more):
    of = tuple(ProvisionTabled(number, words) for number, words in provisions.items())
    return events.VersionTabled(source=source, version=version, provisions=of, on=on(day), **more)


def worded(provision: str, status: str, words: str, day: str, source: str = "vna", **more):
    return events.WordingReported(
        source=source, provision=provision, status=status, words=words, on=on(day) if day else on("2025"), **more
    )


def provisions(*story, **published):
    """The last state of each provision, in the order of the text."""
    spans = text.provisions("draft", known(*story, kind="text", **published))
    found = [span.state for span in spans if not span.valid_to]
    return sorted(found, key=lambda one: one.nth)


def read(*story, **published):
    return [(one.number, one.status, one.words) for one in provisions(*story, **published)]


def test_a_version_is_as_it_was_tabled():
    assert read(tabled("1", FIRST, "2025-05-01")) == [
        ("5.1", "bracketed", FIRST["5.1"]),
        ("5.2", "clean", "Each Party pays."),
    ]


def test_a_proposal_stands_beside_what_it_would_replace_and_an_agreement_replaces_both():
    proposal = worded("5.2", "proposed", "may pay", "2025-05-02", by=("us/jamieson-greer",), instead_of="pays")
    story = [tabled("1", FIRST, "2025-05-01"), proposal]
    assert read(*story)[1] == ("5.2", "bracketed", "Each Party [pays] [may pay](us).")
    agreement = worded("5.2", "agreed", "Each Party may pay.", "2025-05-03", by=("us", "vn"))
    last = provisions(*story, agreement)[1]
    assert (last.status, last.words, last.by, last.since) == (
        "agreed",
        "Each Party may pay.",
        ("us", "vn"),
        "2025-05-03",
    )


def test_agreeing_on_one_choice_does_not_make_the_paragraph_agreed():
    agreed = worded("5.1", "agreed", "shall", "2025-05-02", instead_of="should")
    assert read(tabled("1", FIRST, "2025-05-01"), agreed)[0] == ("5.1", "clean", "We shall go.")


def test_a_new_version_replaces_the_one_before_but_what_was_agreed_stays_so_if_its_words_do():
    agreed = worded("5.2", "agreed", "Each Party pays.", "2025-05-02", by=("us",))
    second = tabled("2", {"5.1": "We [shall] [may](us) go.", "5.2": "Each Party pays.", "5.3": "New."}, "2025-05-03")
    found = provisions(tabled("1", FIRST, "2025-05-01"), agreed, second)
    assert [(one.number, one.status, one.since) for one in found] == [
        ("5.1", "bracketed", "2025-05-01"),
        ("5.2", "agreed", "2025-05-02"),
        ("5.3", "clean", "2025-05-03"),
    ]


def test_a_version_of_which_no_report_gives_the_words_changes_none():
    assert read(tabled("1", FIRST, "2025-05-01"), tabled("2", {}, "2025-05-03")) == read(
        tabled("1", FIRST, "2025-05-01")
    )


def test_two_reports_of_one_agreement_with_other_words_are_contested_and_both_are_shown():
    story = [
        tabled("1", FIRST, "2025-05-01"),
        worded("5.2", "agreed", "Each Party pays.", "2025-05-02"),
        worded("5.2", "agreed", "Each Party may pay.", "2025-05-02", source="ustr"),
    ]
    published = {"vna": "2025-05-03", "ustr": "2025-05-04"}
    found = provisions(*story, **published)[1]
    assert (found.status, found.words, found.rivals) == ("contested", "Each Party may pay.", ("Each Party pays.",))
    spans = text.fold("draft", known(*story, kind="text", **published), {})
    assert [(one.field, one.values) for one in spans[-1].state.contests] == [
        ("5.2", ("Each Party pays.", "Each Party may pay."))
    ]


def test_a_later_agreement_replaces_an_earlier_one():
    story = [
        tabled("1", FIRST, "2025-05-01"),
        worded("5.2", "agreed", "Each Party pays.", "2025-05-02"),
        worded("5.2", "agreed", "Each Party may pay.", "2025-05-09"),
    ]
    assert read(*story)[1] == ("5.2", "agreed", "Each Party may pay.")


def test_two_reports_of_one_version_with_other_words_are_contested():
    story = [tabled("1", FIRST, "2025-05-01"), tabled("1", FIRST | {"5.2": "Nobody pays."}, "2025-05-01", "ustr")]
    spans = text.fold("draft", known(*story, kind="text", vna="2025-05-03", ustr="2025-05-04"), {})
    assert [(one.field, one.preferred) for one in spans[-1].state.contests] == [("5.2 in version 1", "Nobody pays.")]


def test_a_deleted_provision_has_no_words_and_one_that_is_added_has_its_place():
    deleted = worded("5.1", "deleted", "", "2025-05-02")
    added = worded("5.1(a)", "proposed", "New words.", "2025-05-03", by=("us",))
    assert read(tabled("1", FIRST, "2025-05-01"), deleted, added) == [
        ("5.1", "deleted", ""),
        ("5.1(a)", "bracketed", "[New words.](us)"),
        ("5.2", "clean", "Each Party pays."),
    ]


def test_what_was_agreed_in_words_that_no_report_gives_has_none_until_a_report_of_that_agreement_gives_them():
    tabling, day = tabled("1", FIRST, "2025-05-01"), "2025-05-03"
    agreed = provisions(tabling, worded("5.1", "agreed", "", day))[0]
    assert (agreed.status, agreed.words, agreed.lacking) == ("agreed", "", "no report gives the words agreed")
    told = worded("5.1", "agreed", "We shall go.", day, "other")
    for story in ([worded("5.1", "agreed", "", day), told], [told, worded("5.1", "agreed", "", day)]):
        found = provisions(tabling, *story)[0]
        assert (found.status, found.words, found.rivals, found.lacking) == ("agreed", "We shall go.", (), "")


def test_a_text_counts_its_provisions():
    spans = text.fold("draft", known(tabled("1", FIRST, "2025-05-01", title="Fish"), kind="text"), {})
    state = spans[-1].state.state
    assert (state.title, state.version, state.length, state.bracketed, state.settled) == ("Fish", "1", 2, 1, 0)


def test_each_wording_is_told_from_the_day_on_which_it_counts():
    story = [tabled("1", FIRST, "2025-05-01"), worded("5.2", "proposed", "may", "2025-05-02", by=("us",))]
    spans = text.wordings("draft", known(*story, kind="text"))
    assert [(span.valid_from, span.state.provision, span.state.status) for span in spans] == [
        ("2025-05-01", "5.1", "tabled"),
        ("2025-05-01", "5.2", "tabled"),
        ("2025-05-02", "5.2", "proposed"),
    ]


DAYS = st.integers(1, 6).map("2025-05-{:02}".format)
SOURCES = st.sampled_from(["vna", "ustr"])
WORDS = st.sampled_from([FIRST["5.1"], FIRST["5.2"], "Each Party [may](us) pay."])
NUMBERS = st.sampled_from(["5.1", "5.2", "6.1"])
INFERRED = st.sampled_from(["", "its day"])
STATUSES = st.sampled_from(["proposed", "agreed", "deleted"])
STORIES = st.lists(
    st.builds(tabled, st.sampled_from("12"), st.dictionaries(NUMBERS, WORDS), DAYS, SOURCES, inferred=INFERRED)
    | st.builds(worded, NUMBERS, STATUSES, WORDS, DAYS, SOURCES),
    min_size=1,
    max_size=8,
)


@given(STORIES, DAYS)
@settings(deadline=None)
def test_a_text_as_of_a_day_is_as_if_all_that_counts_by_then_were_reported_at_once(story, published):
    every = known(*story, kind="text", ustr=published)
    for day in {account.day for account in every}:
        at_once = [account._replace(day=day) for account in every if account.day <= day]
        assert _as_of(day, text.fold("draft", every, {})) == _as_of(day, text.fold("draft", at_once, {}))
        by_day, together = (_as_of(day, text.provisions("draft", accounts)) for accounts in (every, at_once))
        assert set(map(_undated, by_day)) == set(map(_undated, together))


def _as_of(day, spans):
    return [one.state for one in spans if one.valid_from <= day < (one.valid_to or "9")]


def _undated(provision):
    return provision._replace(since="", tabled="", last_word="")
