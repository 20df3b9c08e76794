"""A position is a party's latest statement on an issue, with its quotes and whether its own ask is waiting."""

import pytest

from ledger import Clocks, Ledger
from ledger.queries.positions import positions, table
from tests.examples import columns, file


def said(slug, act, by, on, issues="[export-controls]", to=""):
    to = f"    to: {to}\n" if to else ""
    return (
        f"  - statement: {slug}\n    by: {by}\n{to}    act: {act}\n    issues: {issues}\n    on: {on}\n"
        f"    says: {slug}.\n    quote: a\n"
    )


FIRST = said("first", "stated", "us", "2025-05-01") + said("both", "promised", "us", "2025-05-10")
FIRST = FIRST.replace(
    "issues: [export-controls]\n    on: 2025-05-10", "issues: [export-controls, rules-of-origin]\n    on: 2025-05-10"
)


@pytest.fixture
def ask(ledger: Ledger):
    """The positions on a day, after more was filed."""
    file(ledger, FIRST)

    def asked(more="", day="2025-06-15", **narrowed):
        if more:
            file(ledger, more, slug=f"more-{day}", published="2025-06-15")
        views = ledger.views(Clocks(as_of=day))
        try:
            return positions(views, **narrowed)
        finally:
            views.close()

    return asked


def test_a_position_is_the_latest_statement_and_says_whether_the_partys_own_ask_waits(ask):
    more = said("asked", "asked", "vn", "2025-06-01", to="us") + said("hoped", "stated", "vn", "2025-06-02")
    found = ask(more, issue="export-controls")
    assert [(one.party, one.statement.slug, one.asking_since.edtf) for one in found] == [
        ("us", "both", ""),
        ("vn", "hoped", "2025-06-01"),
    ]
    assert [one.statement.slug for one in ask(day="2025-05-05")] == ["first"]


def test_a_statement_on_two_issues_is_a_position_on_each(ask):
    assert columns(ask(), "issue", "party") == [("export-controls", "us"), ("rules-of-origin", "us")]
    assert ask()[0].title == "Export controls on advanced technology"


def test_positions_can_be_narrowed_to_a_party(ask):
    more = said("hoped", "stated", "vn", "2025-06-02")
    assert columns(ask(more, party="vn"), "issue", "party") == [("export-controls", "vn")]


def test_a_statement_made_for_another_party_is_that_partys_position(ask):
    relayed = said("relayed", "refused", "eu", "2025-06-03", "[rules-of-origin]").replace(
        "    act:", "    for: us\n    act:"
    )
    found = ask(relayed, issue="rules-of-origin")
    assert [(one.party, one.statement.slug, one.quote) for one in found] == [("us", "relayed", "a")]


def test_a_joint_statement_is_a_position_of_each_party(ask):
    joint = said("joint", "stated", "[us, vn]", "2025-06-03")
    found = ask(joint, issue="export-controls")
    assert [(one.party, one.statement.slug) for one in found] == [("us", "joint"), ("vn", "joint")]


@pytest.fixture
def held(ledger: Ledger):
    """The table of positions on a day, after these statements were filed."""

    def asked(*entries, day="2025-06-15", issue=""):
        file(ledger, "".join(entries))
        with ledger.views(Clocks(as_of=day)) as views:
            return table(views, issue)

    return asked


def test_the_table_has_the_last_position_of_each_party_whatever_remarks_followed(held):
    found = held(
        said("asks", "asked", "vn", "2025-05-01", to="us"),
        said("offers", "proposed", "us", "2025-05-02", to="vn"),
        said("hopes", "stated", "vn", "2025-05-03"),
        said("warns", "warned", "us", "2025-05-04"),
    )
    [row] = found.rows
    assert found.parties == ("us", "vn")
    assert {party: cell.statement.slug for party, cell in row.by_party.items()} == {"us": "offers", "vn": "asks"}


def test_the_table_says_who_waits_for_whom(held):
    [row] = held(said("asks", "asked", "vn", "2025-05-26", to="us"), day="2025-06-05").rows
    assert row.between == ("Viet Nam waits for United States, 10 days",)
    [cell] = row.cells
    assert (cell.waits_for, cell.waits_since.edtf, cell.status) == (("us",), "2025-05-26", "open")


def test_the_table_as_of_a_day_has_the_positions_of_that_day_and_of_one_issue_if_asked(held):
    both = "[export-controls, rules-of-origin]"
    entries = (
        said("asks", "asked", "vn", "2025-05-01", issues=both, to="us"),
        said("refuses", "refused", "us", "2025-05-10", to="vn"),
    )
    found = held(*entries, day="2025-05-09")
    assert [(row.issue.slug, [cell.statement.slug for cell in row.cells]) for row in found.rows] == [
        ("export-controls", ["asks"]),
        ("rules-of-origin", ["asks"]),
    ]


def test_a_cell_has_the_conditions_of_its_statement_and_what_meets_them(held):
    condition = "    conditional-on: {words: the rules are agreed, on: rules-of-origin}\n"
    entries = (
        said("asks", "asked", "us", "2025-05-01", issues="[rules-of-origin]", to="vn"),
        said("offers", "conditioned", "vn", "2025-05-02", to="us") + condition,
        said("agrees", "accepted", "vn", "2025-05-20", issues="[rules-of-origin]", to="us"),
    )
    [row] = held(*entries, issue="export-controls").rows
    [cell] = row.cells
    since = "since then: agreed on 20 May 2025, according to Viet Nam, in vna, see agrees"
    assert cell.conditions == (f"the rules are agreed ({since})",)


def test_a_party_that_speaks_on_behalf_of_another_takes_its_position(held):
    [row] = held(said("asks", "asked", "us", "2025-05-01").replace("    act:", "    for: vn\n    act:")).rows
    assert [cell.party for cell in row.cells] == ["vn"]


@pytest.mark.parametrize(
    ("first", "last", "besides"),
    [
        ("2025-05-20", "2025-05-21", ()),
        ("2025-05-21", "2025-05-21", ("one",)),
        ("2025-05-20", '"[2025-05-20..2025-05-22]"', ("one",)),
        ("2025-05-20", '""', ("one",)),
    ],
)
def test_the_last_of_several_is_called_the_last_only_if_the_dates_say_so(ask, first, last, besides):
    more = said("one", "stated", "vn", first) + said("other", "refused", "vn", last)
    (found,) = ask(more, issue="export-controls", party="vn")
    assert (found.statement.slug, found.besides) == ("other", besides)
    assert found.order == (" (not known to be later than one)" if besides else "")


def test_what_another_statement_certainly_followed_is_in_no_doubt_of_the_last_one(ask, held):
    first = said("one", "asked", "vn", "2025-05-01")
    more = first + said("two", "asked", "vn", "2025-05-05") + said("three", "asked", "vn", '"[..2025-05-21]"')
    (found,) = ask(more, issue="export-controls", party="vn")
    assert (found.statement.slug, found.besides) == ("three", ("two",))
    [row] = held(said("note", "stated", "us", "2025-05-30"), issue="export-controls").rows
    assert (row.by_party["vn"].statement.slug, row.by_party["vn"].besides) == ("three", ("two",))


def test_what_another_party_tells_as_a_partys_last_word_names_what_is_reported_directly_beside_it(ask):
    own = said("own", "accepted", "vn", '"[..2025-05-20]"') + said("told-too", "stated", "vn", '"[..2025-05-20]"')
    told = said("told", "refused", "vn", '"[..2025-05-21]"') + "    reported-by: us\n"
    more = own + "    reported-by: us\n" + told
    (found,) = ask(more, issue="export-controls", party="vn")
    assert (found.statement.slug, found.besides, found.own) == ("told", ("told-too", "own"), ("own",))
    assert found.order == " (not known to be later than told-too and own; reported directly: own)"
