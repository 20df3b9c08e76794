"""Who is what on a day: roles, members, and who is a party."""

from ledger import Ledger
from ledger.views.parties import memberships, parties
from tests.examples import as_of, file

JOINED = """  - role: vn
    as: member
    of: eu
    from: 2025-05-01
    until: 2025-05-31
    quote: joined
  - role: eu
    as: observer
    from: 2025-05-10
    quote: observes
"""


def who(ledger: Ledger, day: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    found = parties(ledger.views(as_of(day)))
    return {one.slug: (one.roles, one.member_of, one.members) for one in found}


def test_where_no_role_is_recorded_the_parties_that_negotiate_are_parties(ledger: Ledger) -> None:
    assert who(ledger, "2025-06-15") == {"eu": ((), (), ()), "us": (("party",), (), ()), "vn": (("party",), (), ())}


def test_roles_and_members_are_those_of_the_day(ledger: Ledger) -> None:
    file(ledger, JOINED)
    assert who(ledger, "2025-05-31")["eu"] == (("observer",), (), ("vn",))
    assert who(ledger, "2025-05-09")["eu"] == ((), (), ("vn",))
    assert who(ledger, "2025-05-31")["vn"] == (("party",), ("eu",), ())
    assert who(ledger, "2025-06-01")["vn"] == (("party",), (), ())
    held = memberships(ledger.views(as_of("2025-05-31")), "eu")
    assert [(one.party, one.role, one.of, one.source) for one in held] == [
        ("eu", "observer", "", "vna"),
        ("vn", "member", "eu", "vna"),
    ]
    assert [one.party for one in memberships(ledger.views(as_of("2025-05-31")), "vn")] == ["vn"]


def test_a_role_can_be_corrected_and_the_views_caught_up_are_those_rebuilt(ledger: Ledger) -> None:
    file(ledger, JOINED)
    assert who(ledger, "2025-06-15")["eu"][0] == ("observer",)
    ledger.correct("eu", {"as": "chair"}, "It chairs.")
    found = who(ledger, "2025-06-15")
    assert found["eu"][0] == ("chair",)
    ledger.rebuild()
    assert who(ledger, "2025-06-15") == found


def test_a_role_without_a_source_or_a_day_is_like_a_name(ledger: Ledger) -> None:
    ledger.append("role", "vn", {"as": "member", "of": "eu"})
    assert who(ledger, "2025-06-15")["eu"] == ((), (), ("vn",))
    ledger.append("party", "g77", {"name": "Group of 77"})
    ledger.append("role", "us", {"as": "member", "of": "g77", "from": "2025-05-01"})
    ledger.append("party", "alba", {"name": "ALBA"})
    ledger.append("role", "us", {"as": "member", "of": "alba"})
    assert who(ledger, "2025-06-14")["us"][1] == ("g77",)  # a day makes it known from then on
    assert who(ledger, "2025-06-15")["us"][1] == ("alba", "g77")


SPOKEN = """  - statement: vn-to-all-{day}
    by: vn
    to: all
    act: asked
    issues: export-controls
    on: {day}
    says: Lift the curbs.
    quote: asked
"""


def test_all_is_everybody_who_is_a_party_on_the_day_except_the_speaker(ledger: Ledger) -> None:
    ledger.append("party", "no", {"name": "Norway"})
    roles = "  - {role: eu, as: party, from: 2025-05-10}\n  - {role: us, as: observer, from: 2025-05-20}\n"
    days = ("2025-05-09", "2025-05-10", "2025-05-20")
    file(ledger, "".join(SPOKEN.format(day=day) for day in days) + roles.replace("}", ", quote: so}"))
    said = {one.on.edtf: one.to for one in ledger.views().statements()}
    assert said == {"2025-05-09": ("us",), "2025-05-10": ("us", "eu"), "2025-05-20": ("eu",)}


def test_a_bloc_that_speaks_to_all_does_not_address_its_members(ledger: Ledger) -> None:
    ledger.append("role", "vn", {"as": "member", "of": "eu"})
    ledger.append("role", "eu", {"as": "party"})
    file(ledger, SPOKEN.format(day="2025-05-09").replace("by: vn", "by: eu"))
    file(ledger, "  - {follow-up: send, says: Send it., owners: all, on: 2025-05-09, quote: so}\n", slug="ustr")
    assert [one.to for one in ledger.views().statements()] == [("us",)]
    assert [one.follow_up.owners for one in ledger.views().follow_ups()] == [("vn", "us", "eu")]
