"""The posts of a person in words: those held, those left, and those whose end nobody reported."""

from ledger.dates import When
from ledger.domain.voices import Person
from ledger.views.status.people import doubt, left_of, other_posts, post_of, posts_of, until_of

NOBODY = Person("dross", "Pavel Dross", (), "lethania", "", When(), "", When())


def test_the_posts_that_a_person_left_do_not_read_as_held():
    left = NOBODY._replace(left="chief negotiator; Deputy Prime Minister", until=When("2026-02-24"))
    assert post_of(left) == posts_of(left) == "formerly chief negotiator and Deputy Prime Minister"
    assert (left_of(left), other_posts(left)) == ("chief negotiator and Deputy Prime Minister", "")
    assert (until_of(left), doubt(left)) == ("on 24 February 2026", "")
    assert until_of(left._replace(contested=("until",))) == "on 24 February 2026 (contested)"
    assert (post_of(NOBODY), until_of(NOBODY), left_of(NOBODY)) == ("", "", "")


def test_other_posts_follow_the_one_that_is_held():
    both = NOBODY._replace(post="Envoy", left="Minister", until=When("2025-06"), also_reported="Judge; Mayor")
    assert posts_of(both) == "Envoy; formerly Minister until June 2025; also reported: Judge, Mayor"
