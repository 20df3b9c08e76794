"""Draft texts in entry files: versions with their provisions, wordings, and what is refused."""

import pytest

from ledger.errors import ProblemsFound
from ledger.log.log import Log
from tests.examples import WHO, write

TABLED = """
  - text: agreement
    version: 1
    title: The agreement
    by: us
    on: 2025-05-20
    provisions:
      "5.1": The Parties [shall](US) [should](Việt Nam) cooperate.
      "5.2": {heading: Payment, words: Each Party pays.}
"""
WORDING = """
  - wording: agreement
    provision: Article 5.2
    status: proposed
    words: may pay
    instead-of: pays
    by: vn
    on: 2025-05-21
"""
SOURCE = """
negotiation: vn-us-trade
source: {slug: readout, title: A readout, published: 2025-05-22}
entries:
"""


@pytest.fixture
def talks(ledger):
    ledger.import_files([write(ledger, WHO, "who.yaml")])
    return ledger


def filed(ledger, *entries: str, source: str = SOURCE):
    return [one.event for one in ledger.import_files([write(ledger, source + "".join(entries), "file.yaml")]).recorded]


def refused(ledger, *entries: str) -> str:
    before = Log(ledger.path)
    position = before.position()
    before.close()
    with pytest.raises(ProblemsFound) as problems:
        filed(ledger, *entries)
    after = Log(ledger.path)
    assert after.position() == position
    after.close()
    return str(problems.value)


def test_provisions_are_kept_with_the_slugs_of_those_who_propose(talks):
    _, version = filed(talks, TABLED)
    assert [(one.number, one.words, one.heading) for one in version.provisions] == [
        ("5.1", "The Parties [shall](us) [should](vn) cooperate.", ""),
        ("5.2", "Each Party pays.", "Payment"),
    ]


def test_provisions_may_be_lines_with_their_numbers(talks):
    lines = TABLED.partition("    provisions:")[0] + (
        "    provisions: |\n      Article 5 – Payment\n      1. We [pay](us).\n      2. Each Party\n      pays.\n"
    )
    _, version = filed(talks, lines)
    assert [(one.number, one.words, one.heading) for one in version.provisions] == [
        ("5.1", "We [pay](us).", "Payment"),
        ("5.2", "Each Party pays.", ""),
    ]


def test_the_text_of_the_source_may_be_the_version(talks):
    (talks.path.parent / "chair.txt").write_text("Chair's text\nArticle 1\n1. We [go](vn).\n2. We stay.\n")
    source = SOURCE.replace("published: 2025-05-22}", "published: 2025-05-22, text: chair.txt}")
    entry = TABLED.partition("    provisions:")[0] + "    provisions: source\n    quote: Chair's text\n"
    _, version = filed(talks, entry, source=source)
    assert [(one.number, one.words) for one in version.provisions] == [("1.1", "We [go](vn)."), ("1.2", "We stay.")]


def test_a_wording_is_filed_with_its_version_in_any_order_and_again_adds_nothing(talks):
    *_, wording = filed(talks, WORDING, TABLED)
    assert (wording.provision, wording.status, wording.words, wording.by) == ("5.2", "proposed", "may pay", ("vn",))
    assert filed(talks, WORDING, TABLED) == []


def test_one_source_may_report_more_wordings_later(talks):
    filed(talks, TABLED, WORDING)
    (more,) = filed(talks, WORDING.replace("may pay", "can pay"))
    assert more.words == "can pay"


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (
            TABLED.replace("cooperate.", "[cooperate."),
            "Article 5, paragraph 1: the bracket before “cooperate.” never closes.",
        ),
        (TABLED.replace("cooperate.", "cooperate]."), "Article 5, paragraph 1: the bracket that closes after"),
        (TABLED.replace("(US)", "(Atlantis)"), "There is no party 'Atlantis'"),
        (TABLED.replace('"5.2"', '"five"'), "'five' is not the number of a provision"),
        (
            TABLED + WORDING.replace("may pay", "may [pay"),
            "Article 5, paragraph 2: the bracket before “pay” never closes.",
        ),
        (
            TABLED + WORDING.replace("proposed", "agreed").replace("may pay", '"[may](us) pay"'),
            "have brackets, so they are not agreed",
        ),
        (
            TABLED + WORDING.replace("proposed", "deleted"),
            "Article 5, paragraph 2: leave out the words of what was deleted.",
        ),
        (
            TABLED + WORDING.replace("    words: may pay\n", ""),
            "Article 5, paragraph 2: give the words that were proposed.",
        ),
        (TABLED + WORDING.replace("proposed", "dreamt"), "'dreamt'"),
        (WORDING, "No version of agreement is on record as tabled"),
        (TABLED.partition("    provisions:")[0] + "    provisions: source\n", "The source 'readout' has no text"),
    ],
)
def test_a_text_that_does_not_fit_together_is_refused_in_a_sentence_and_nothing_is_written(talks, entry, sentence):
    assert sentence in refused(talks, entry)


def test_a_wording_can_be_corrected_and_a_text_retracted(talks):
    filed(talks, TABLED, WORDING)
    talks.correct("agreement", {"words": "can pay"}, "Misread.")
    with talks.views() as views:
        from ledger.queries.texts import provisions

        assert [one.words for one in provisions(views)][1] == "Each Party [pays] [can pay](vn)."
    talks.retract("agreement", "Another negotiation’s.")
    with talks.views() as views:
        assert provisions(views) == []
