"""Laws of the part at or below a level: it is a log of its own, and nothing in it names what is above."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import Ledger, Refusal
from ledger.integrity import copies
from ledger.levels.scheme import USUAL
from ledger.log import store
from tests import laws
from tests.thorough import THOROUGH

BELOW = USUAL.names[:-1]


def leveled(story: laws.Story, random) -> laws.Story:
    """The story with levels given to some of its sources and entries."""

    def given_to(fields, chance):
        return {**fields, "level": random.choice(USUAL.names)} if random.random() < chance else fields

    named = tuple(one if "party" in one else given_to(one, 0.2) for one in story.names.entries)
    names = story.names._replace(entries=named)  # what names a party is never more open than it
    told = [
        report._replace(
            source={**report.source, "level": "confidential"} if random.random() < 0.3 else report.source,
            entries=tuple(given_to(one, 0.15) for one in report.entries),
        )
        for report in story.reports
    ]
    return story._replace(names=names, reports=tuple(told))


def stored(path) -> list[store.Stored]:
    with store.opened(path) as log:
        return [*log.events()]


def tell(ledger: Ledger, story: laws.Story, random) -> None:
    """File the story, changing a level now and then, while every copy is kept up to date."""

    def between() -> None:
        known = ledger.views(negotiation=laws.NEGOTIATION).labels(later=True)
        slugs = [one.slug for one in known if one.kind not in ("party", "negotiation")]
        if random.random() < 0.5:
            with suppress(Refusal):
                ledger.set_level(random.choice(slugs), random.choice(USUAL.names), "So it was decided.")
        if random.random() < 0.7:
            for name in BELOW:
                copies.copy_at(ledger.path, name)

    laws.tell(ledger, story, between)


@settings(max_examples=3 * THOROUGH)
@given(laws.stories(), st.randoms(use_true_random=False))
def test_a_copy_that_was_kept_up_to_date_is_the_copy_made_anew(story, random):
    with laws.new_ledger() as ledger:
        tell(ledger, leveled(story, random), random)
        kept = {name: stored(copies.copy_at(ledger.path, name)) for name in BELOW}
        copies.forget(ledger.path)
        for name in BELOW:
            assert stored(copies.copy_at(ledger.path, name)) == kept[name]


@settings(max_examples=3 * THOROUGH)
@given(laws.stories(), st.randoms(use_true_random=False))
def test_a_part_is_a_log_without_gaps_in_which_nothing_names_what_is_above(story, random):
    with laws.new_ledger() as ledger:
        tell(ledger, leveled(story, random), random)
        for name in BELOW:
            rows = stored(copies.copy_at(ledger.path, name))
            assert [row.position for row in rows] == [*range(1, len(rows) + 1)]
            versions: dict[str, int] = {}
            for row in rows:
                versions[row.stream] = versions.get(row.stream, 0) + 1
                assert row.version == versions[row.stream]
            if rows:
                found = Ledger(copies.copy_at(ledger.path, name)).check().problems
                assert [one for one in found if "which is not recorded" in one.says] == []


@settings(max_examples=3 * THOROUGH)
@given(laws.stories(), st.randoms(use_true_random=False))
def test_the_part_of_a_part_is_that_of_the_whole(story, random):
    with laws.new_ledger() as ledger:
        tell(ledger, leveled(story, random), random)
        internal, public = (copies.copy_at(ledger.path, name) for name in ("internal", "public"))
        assert stored(copies.copy_at(internal, "public")) == stored(public)
