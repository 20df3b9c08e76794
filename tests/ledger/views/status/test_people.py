"""The posts of a person in words: those held, those left, and those whose end nobody reported."""

from ledger.dates import When
from ledger.domain.voices import Person
from ledger.views.status.people import left_of, other_posts, post_of, posts_of, until_of

NOBODY = Person("dross", "Pavel Dross", (), "lethania", "", When(), "", When())


def test_the_posts_that_a_person_left_do_not_read_as_held():
    left = NOBODY._replace(left="chief negotiator; Deputy Prime Minister", until=When("2026-02-24"))
    assert post_of(left) == posts_of(left) == "formerly chief negotiator and Deputy Prime Minister"
    assert (left_of(left), other_posts(left)) == ("chief negotiator and Deputy Prime Minister", "")
    assert until_of(left) == "on 24 February 2026"
    contested = left._replace(untils=("2026-02-24 gazette", "2026-03 herald"))
    assert until_of(contested) == "on 24 February 2026 in gazette or in March 2026 in herald"
    assert (post_of(NOBODY), until_of(NOBODY), left_of(NOBODY)) == ("", "", "")


def test_other_posts_follow_the_one_that_is_held():
    both = NOBODY._replace(post="Envoy", left="Minister", until=When("2025-06"), also_reported="Judge; Mayor")
    assert posts_of(both) == "Envoy; formerly Minister until June 2025; also reported: Judge, Mayor"
    contested = both._replace(untils=("2025-06 gazette", "2025-07 herald"))
    assert "formerly Minister (in June 2025 in gazette or in July 2025 in herald)" in posts_of(contested)
