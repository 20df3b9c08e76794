"""Copies of one text count once: found by their words or as stated, and right in the views after every change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Clocks
from ledger.domain.copies import ENOUGH, FEWEST, RUN, Text, are_copies, copies, families, runs
from tests import examples, laws
from tests.laws import Projection


def text(start, end):
    """A text of which any two share what their numbers share."""
    return " ".join(f"word{number}" for number in range(start, end))


RELEASE = text(0, 100)
CUT = text(0, 40)
ENLARGED = text(0, 100) + " " + text(500, 900)
ANOTHER = text(1000, 1100)


def of(*texts):
    return {family.source: family for family in families(texts)}


def family_of(*texts):
    return {slug: family.family for slug, family in of(*texts).items()}


# Texts.


def test_case_diacritics_punctuation_and_line_breaks_do_not_make_a_text_another():
    assert runs("Bộ trưởng Nguyễn Hồng Diên\nsaid: “no.”") == runs("BO TRUONG NGUYEN  HONG DIEN said no")


def test_a_text_shorter_than_a_run_is_one_run_and_an_empty_one_has_none():
    assert runs("They met.") == {("they", "met")}
    assert runs(" … ") == runs("") == frozenset()


def test_a_text_written_without_spaces_is_compared_by_its_characters():
    assert len(runs("双方同意继续谈判")) == 4


@given(st.text(alphabet=[chr(code) for code in range(128)], max_size=80))
def test_a_text_has_the_same_words_with_a_dash_of_another_alphabet_or_without(said):
    assert runs(f"{said} —") == runs(said)


@given(st.text(alphabet="ab \n", max_size=80))
def test_a_text_is_a_copy_of_itself_unless_it_is_empty(words):
    pairs = copies([Text("a", words), Text("b", words)])
    assert pairs == ({("a", "b")} if words.split() else set())


@pytest.mark.parametrize("version", [RELEASE, CUT, ENLARGED, text(0, 60) + " " + text(700, 740)])
def test_a_release_printed_whole_cut_or_enlarged_is_one_text(version):
    assert copies([Text("release", RELEASE), Text("paper", version)]) == {("paper", "release")}


def test_reports_written_apart_that_share_a_quotation_are_two():
    quoting = text(2000, 2100) + " " + text(10, 35)
    assert copies([Text("release", RELEASE), Text("paper", quoting), Text("other", ANOTHER)]) == set()


def test_half_of_the_shorter_texts_runs_are_enough_and_less_is_not():
    assert are_copies(50, 100, 300)
    assert not are_copies(49, 100, 300)


def test_of_a_short_text_all_must_be_found():
    assert are_copies(FEWEST - 1, FEWEST - 1, 300)
    assert not are_copies(FEWEST - 2, FEWEST - 1, 300)
    assert not are_copies(0, 0, 300)
    assert (RUN, ENOUGH, FEWEST) == (5, 50, 20), "docs/projections.md states these"


def test_texts_with_one_fingerprint_are_one_text_though_neither_is_at_hand():
    assert copies([Text("a", sha256="f"), Text("b", sha256="f"), Text("c", sha256="e"), Text("d")]) == {("a", "b")}


# Families.


def test_a_family_is_named_after_the_one_published_first():
    found = family_of(
        Text("a", RELEASE, published="2025-05-23"), Text("b", RELEASE, published="2025-05-22"), Text("c", RELEASE)
    )
    assert found == {"a": "b", "b": "b", "c": "b"}


def test_copies_of_copies_are_of_one_family():
    chain = [Text("a", text(0, 100)), Text("b", text(40, 140)), Text("c", text(80, 180))]
    assert not are_copies(len(runs(chain[0].text) & runs(chain[2].text)), 96, 96)
    assert family_of(*chain) == {"a": "a", "b": "a", "c": "a"}


def test_what_is_said_to_derive_is_of_one_family_step_by_step_without_any_text():
    found = family_of(Text("a"), Text("b", derived_from="a"), Text("c", derived_from="b"), Text("d"))
    assert found == {"a": "a", "b": "a", "c": "a", "d": "d"}


def test_what_derives_from_an_unknown_text_counts_as_its_own():
    assert family_of(Text("a", derived_from="lost"), Text("b")) == {"a": "a", "b": "b"}


def test_those_that_derive_from_one_text_count_once_though_it_is_retracted():
    assert family_of(Text("a", derived_from="lost"), Text("b", derived_from="lost")) == {"a": "a", "b": "a"}


def test_sources_that_credit_one_agency_are_one_family_with_what_the_agency_published():
    found = family_of(
        Text("daily", credits=("VNA",)),
        Text("post", credits=("Reuters", "vna")),
        Text("wire", publisher="VNA"),
        Text("other", publisher="Another"),
        Text("third", credits=("AFP",)),
    )
    assert found == {"daily": "daily", "post": "daily", "wire": "daily", "other": "other", "third": "third"}


def test_what_one_publisher_published_is_one_family_and_a_credit_gives_no_side():
    assert family_of(Text("a", publisher="VNA"), Text("b", publisher="VNA")) == {"a": "a", "b": "a"}
    found = of(Text("own", account_of="vn", publisher="VNA"), Text("daily", credits=("VNA",)))
    assert (found["daily"].family, found["daily"].side) == ("daily", "")


def test_texts_that_are_said_to_derive_from_each_other_do_no_harm():
    assert family_of(Text("a", derived_from="b"), Text("b", derived_from="a"), Text("c", derived_from="c")) == {
        "a": "a", "b": "a", "c": "c"
    }  # fmt: skip


# Whose account it is.


def test_a_copy_of_a_sides_account_is_that_sides_account():
    release = Text("release", RELEASE, account_of="vn", published="2025-05-22")
    found = of(release, Text("wire", CUT, published="2025-05-23"), Text("paper", derived_from="wire"))
    assert {slug: one.side for slug, one in found.items()} == {"release": "vn", "wire": "vn", "paper": "vn"}


def test_an_agency_that_a_side_copied_stays_nobodys():
    wire = Text("wire", RELEASE, published="2025-05-22")
    found = of(wire, Text("ministry", RELEASE, account_of="vn", published="2025-05-23"), Text("undated", RELEASE))
    assert {slug: one.side for slug, one in found.items()} == {"wire": "", "ministry": "vn", "undated": ""}


def test_a_joint_text_that_both_sides_issue_is_each_sides_own_account():
    day = "2025-05-22"
    found = of(
        Text("here", RELEASE, account_of="vn", published=day),
        Text("there", RELEASE, account_of="us", published=day),
        Text("paper", RELEASE, published=day),
    )
    assert {slug: one.side for slug, one in found.items()} == {"here": "vn", "there": "us", "paper": ""}


# From the log.

MET = "  - meeting: round-2\n    kind: round\n    held: 2025-05-22\n    quote: met on 22 May\n"
TEXT = f"They met on 22 May and spoke. {RELEASE}"


def file(ledger, slug, words="", **fields):
    """File a source with a text, in which the meeting is reported."""
    if words:
        ledger.path.with_name(f"{slug}.txt").write_text(words)
        fields["text"] = f"{slug}.txt"
    examples.file(ledger, MET, slug=slug, **fields)


def families_as_projected(ledger, clocks=Clocks()):  # noqa: B008
    views = ledger.views(clocks)
    try:
        return {slug: one.family for slug, one in views.families().items()}
    finally:
        views.close()


def test_catching_up_with_sources_and_mends_of_them_equals_a_rebuild(ledger):
    views = Projection(ledger).catch_up()
    steps = [
        lambda: file(ledger, "wire", TEXT, published="2025-05-23"),
        lambda: file(ledger, "paper", TEXT + " " + text(300, 350)),
        lambda: file(ledger, "other"),
        lambda: file(ledger, "copy", **{"derived-from": "other"}),
        lambda: ledger.correct("wire", {"published": "2025-05-01"}, "Misdated."),
        lambda: ledger.correct("other", {"derived-from": "paper"}, "Overlooked."),
        lambda: ledger.retract("paper", "A hoax."),
    ]
    found = []
    for step in steps:
        step()
        assert views.catch_up().contents() == Projection(ledger).rebuild().contents()
        found.append({row["source"]: row["family"] for row in views.db["families"].rows})
    assert found == [
        {"wire": "wire"},
        {"wire": "paper", "paper": "paper"},
        {"wire": "paper", "paper": "paper", "other": "other"},
        {"wire": "paper", "paper": "paper", "other": "copy", "copy": "copy"},
        {"wire": "wire", "paper": "wire", "other": "copy", "copy": "copy"},
        {"wire": "wire", "paper": "wire", "other": "wire", "copy": "wire"},
        {"wire": "wire", "other": "copy", "copy": "copy"},
    ]


def test_the_clocks_know_only_the_sources_published_or_recorded_by_then(ledger):
    file(ledger, "wire", TEXT, published="2025-05-23")
    position = examples.head(ledger)
    file(ledger, "paper", TEXT, published="2025-05-22")
    assert families_as_projected(ledger) == {"wire": "paper", "paper": "paper"}
    assert families_as_projected(ledger, Clocks(as_of="2025-05-22")) == {"wire": "paper", "paper": "paper"}
    assert families_as_projected(ledger, Clocks(reported_by="2025-05-22")) == {"paper": "paper"}
    assert families_as_projected(ledger, Clocks(recorded_by=position)) == {"wire": "wire"}


def test_another_negotiation_keeps_its_families(ledger):
    file(ledger, "wire", TEXT)
    ledger.append("negotiation", "other", {"title": "Other talks"})
    views = Projection(ledger).catch_up()
    ledger.append("source", "wire", {"title": "A wire"}, negotiation="other")
    assert views.catch_up().contents() == Projection(ledger).rebuild().contents()
    assert [row["negotiation"] for row in views.db["families"].rows] == ["vn-us-trade", "other"]


def test_a_question_of_weights_needs_no_text(ledger):
    file(ledger, "wire", TEXT)
    ledger.views().close()
    ledger.path.with_name("wire.txt").unlink()
    assert families_as_projected(ledger) == {"wire": "wire"}


def test_the_texts_of_the_laws_are_copies_so_that_the_laws_try_families():
    assert copies([Text("a", laws.TEXT), Text("b", laws.TEXT)]) == {("a", "b")}
