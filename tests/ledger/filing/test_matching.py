"""Matching: the same report is filed once, another source's is a second one, and a changed one is refused."""

from tests.examples import columns, file, problems, source

ROUND = "  - meeting: round-2\n    kind: round\n    held: 2025-05-22\n    place: {}\n    quote: {}\n"


def reports(ledger, slug="round-2"):
    return columns([one for one in ledger.views().log(slug) if one.stands], "source")


def test_a_report_is_known_again_with_and_without_a_correction(ledger):
    file(ledger, ROUND.format("Hanoi", "a"))
    ledger.correct("round-2", {"place": "Hue"}, "As published.")
    for place in ("Hanoi", "Hue"):
        assert (file(ledger, ROUND.format(place, "a")).recorded, reports(ledger)) == ([], ["vna"])


def test_other_content_from_the_same_source_is_refused_and_says_what_differs(ledger):
    file(ledger, ROUND.format("Hanoi", "a"))
    (problem,) = problems(ledger, source() + ROUND.format("Hue", "b"))
    assert "place was Hanoi, now Hue" in problem
    assert "quotes was “a”, now “b”" in problem


def test_other_content_from_another_source_is_a_second_report(ledger):
    file(ledger, ROUND.format("Hanoi", "a"))
    file(ledger, ROUND.format("Hue", "a"), slug="ustr")
    assert sorted(reports(ledger)) == ["ustr", "vna"]


def test_a_source_may_give_two_accounts_side_by_side(ledger):
    both = ROUND.format("Hanoi", "a") + ROUND.format("Hue", "b")
    assert len(file(ledger, both).recorded) == 3
    assert file(ledger, both).recorded == []


def test_one_source_may_report_two_posts_of_a_person(ledger):
    post = "  - appointment: jamieson-greer\n    post: {}\n    quote: a\n"
    file(ledger, post.format("Envoy"))
    assert len(file(ledger, post.format("Trade Representative")).recorded) == 1
