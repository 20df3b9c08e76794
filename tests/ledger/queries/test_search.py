"""Any typed text is safe to search for, and finds matching entries by the day, with the hits as written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Clocks, Ledger
from ledger.base.names import fold
from ledger.queries.errors import NothingToSearch, TooManyWords
from ledger.queries.search import MOST_TERMS, Term, marked, search, spans, terms
from tests import laws
from tests.examples import columns, file
from tests.laws import EVERYTHING, Projection

SAID = """\
  - statement: asked-curbs
    by: vn/nguyen-hong-dien
    to: us
    act: asked
    issues: [export-controls]
    on: 2025-05-22
    says: The US should lift the chip curbs placed on Đà Nẵng.
    quote: “Lift them,” said Nguyễn Hồng Diên
  - statement: refused-curbs
    by: us
    act: refused
    on: 2025-06-04
    says: The curbs on chips stay.
    quote: they stay
"""


@pytest.fixture
def found(ledger: Ledger):
    """The slugs that a search of a day finds."""
    file(ledger, SAID)

    def slugs(typed, day="2025-06-15", **more):
        views = ledger.views(Clocks(as_of=day))
        try:
            return columns(search(views, typed, **more), "slug")
        finally:
            views.close()

    return slugs


def one(ledger, typed):
    views = ledger.views(Clocks(as_of="2025-06-15"))
    result = search(views, typed)[0]
    views.close()
    return result


def test_a_search_finds_what_is_of_its_own_negotiation_however_the_events_lie_in_the_log(found, ledger):
    ledger.append("negotiation", "sugar", {"title": "Sugar and curbs"})
    ledger.append("issue", "quota", {"title": "The sugar curbs"}, negotiation="sugar")
    ledger.append("issue", "cables", {"title": "Curbs on cables"}, negotiation="vn-us-trade")
    views = ledger.views(Clocks(as_of="2025-06-15"), "sugar")
    assert {*columns(search(views, "curbs"), "slug")} >= {"sugar", "quota"}
    assert not {"cables", "asked-curbs", "refused-curbs"} & {*columns(search(views, "curbs"), "slug")}
    views.choose("vn-us-trade")
    assert {*columns(search(views, "curbs"), "slug")} >= {"cables", "asked-curbs", "refused-curbs"}
    assert not {"sugar", "quota"} & {*columns(search(views, "curbs"), "slug")}
    views.close()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("chip curbs", [Term(("chip",), False), Term(("curbs",), False)]),
        ('"Chip  Curbs" lift', [Term(("chip", "curbs"), False), Term(("lift",), False)]),
        ("“chip curbs”", [Term(("chip", "curbs"), False)]),
        ("Ngu*", [Term(("ngu",), True)]),
        ('"chip cur*"', [Term(("chip", "cur"), True)]),
        ("chip-curbs", [Term(("chip", "curbs"), False)]),
        ("chip AND chip", [Term(("chip",), False), Term(("and",), False)]),
        ('"chip curbs', [Term(("chip", "curbs"), False)]),
        ("Đà_Nẵng", [Term(("da", "nang"), False)]),
        ('" * ( ) ^ - + : {', []),
    ],
)
def test_what_is_typed_is_read_as_words_phrases_and_beginnings(typed, expected):
    assert terms(typed) == expected


def test_every_word_must_be_there_in_any_order(found):
    assert found("curbs lift") == ["asked-curbs"]
    assert set(found("curbs")) >= {"asked-curbs", "refused-curbs", "export-controls"}
    assert found("curbs lift stay") == []


def test_a_phrase_stands_in_its_order(found):
    assert "asked-curbs" in found('"chip curbs"')
    assert found('"curbs chip"') == []


def test_a_beginning_finds_what_goes_on(found):
    assert found("plac*") == ["asked-curbs"]
    assert found("plac") == []


def test_case_and_diacritics_make_no_difference(found):
    assert found("DA nang") == found("Đà Nẵng") == ["asked-curbs"]
    assert "nguyen-hong-dien" in found("nguyen hong dien")


def test_the_words_of_an_entry_come_before_what_only_names_a_slug_of_that_word(found):
    assert found("dien")[0] == "nguyen-hong-dien"
    assert "asked-curbs" in found("export-controls", kind="statement")


def test_the_hit_is_marked_as_it_is_written(found, ledger):
    result = one(ledger, "nguyen hong")
    assert (result.where, result.hits) == ("name", ("Nguyễn", "Hồng"))
    assert marked(result.passage, terms("nguyen hong")) == "[Nguyễn] [Hồng] Diên"
    assert marked("Đặng: Stra\u00dfe", terms("strasse")) == "Đặng: [Straße]"
    assert marked("e\u0302tre o\u0302", terms("etre")) == "[e\u0302tre] o\u0302"
    assert marked("x e\u0302", terms("e")) == "x [e\u0302]"


def test_a_long_passage_is_cut_around_the_first_hit():
    text = " ".join(["word"] * 100 + ["hit"] + ["word"] * 100)
    shown = marked(text, terms("hit"))
    assert shown.startswith("… word") and shown.endswith("word …") and "[hit]" in shown
    assert len(shown) < 200
    assert marked(text, terms("absent")).startswith("word")


def test_a_hit_on_a_speaker_shows_what_was_said(found, ledger):
    views = ledger.views(Clocks(as_of="2025-06-15"))
    (result,) = search(views, "us stay")
    assert (result.where, result.passage) == ("says", "The curbs on chips stay.")
    (asked,) = search(views, "vn", "statement")
    assert (asked.where, asked.passage[:30]) == ("by", "vn/nguyen-hong-dien: The US sh")
    views.close()


def test_what_was_not_known_on_the_day_is_not_found(found):
    assert "refused-curbs" not in found("curbs", "2025-06-03")
    assert "refused-curbs" in found("curbs", "2025-06-04")
    assert found("lift", "2025-05-21") == []


def test_words_of_a_later_report_of_a_known_entry_are_not_found_before_it(ledger, found):
    meeting = "  - meeting: round-2\n    kind: round\n    held: {}\n    place: {}\n    quote: {}\n"
    file(ledger, meeting.format("2025-05-22", "Hanoi", "in Hanoi"))
    again = (
        "  - announcement: round-2\n    kind: round\n    on: 2025-05-10\n    expected: 2025-05-22\n    quote: soon\n"
    )
    file(ledger, again, slug="early", published="2025-05-10")
    assert found("hanoi", "2025-05-15") == []
    assert found("round-2", "2025-05-15") == ["round-2"]
    assert found("hanoi") == ["round-2"]


def test_what_was_corrected_away_or_retracted_is_not_found(ledger, found):
    ledger.correct("asked-curbs", {"says": "The US should lift the embargo."}, "Misread.")
    assert found("placed") == []
    assert found("embargo") == ["asked-curbs"]
    ledger.retract("asked-curbs", "Another meeting.")
    assert found("embargo") == []


def test_what_only_later_was_recorded_or_published_is_not_found(ledger, found):
    views = ledger.views(Clocks(as_of="2025-06-15", reported_by="2025-05-21"))
    assert search(views, "curbs lift") == []
    views.close()


@pytest.mark.parametrize("typed", ["", "   ", "*", '"', '""', "()", "-- :", "_", "\x00", "\udcff"])
def test_a_search_for_no_word_is_refused(found, typed):
    with pytest.raises(NothingToSearch):
        found(typed)


def test_too_many_words_are_refused_and_as_many_as_may_be_are_not(found):
    assert found(" ".join(f"w{n}" for n in range(MOST_TERMS))) == []
    with pytest.raises(TooManyWords):
        found(" ".join(f"w{n}" for n in range(MOST_TERMS + 1)))
    assert found('"' + "word " * 5_000 + '"') == []


@pytest.fixture(scope="module")
def views():
    with laws.new_ledger() as ledger:
        laws.tell(ledger, laws.Story(laws.NAMES, (), ()))
        yield Projection(ledger).replay(EVERYTHING).asked("2025-07-01")


SYNTAX = st.sampled_from(
    ['"', "*", "AND", "OR", "NOT", "NEAR(", ")", "folded:", "^", "-", "+", "{", "}", "tariffs", "'"]
)


@given(typed=st.one_of(st.text(), st.lists(st.one_of(SYNTAX, st.text(max_size=3)), max_size=8).map(" ".join)))
def test_law_nothing_that_is_typed_is_a_query_language(typed, views):
    try:
        found = search(views, typed)
    except (NothingToSearch, TooManyWords):
        return
    for result in found:
        assert result.hits or result.passage


@given(st.text(), st.text())
def test_law_a_mark_changes_nothing_but_the_brackets(text, typed):
    text = text.replace("[", "").replace("]", "")
    assert marked(text, terms(typed), room=len(text) + 1).replace("[", "").replace("]", "") == text


@given(st.text())
def test_law_a_text_folds_letter_by_letter(text):
    wanted = terms(f'"{text}"') if '"' not in text else []
    for start, end in spans(text, wanted):
        assert fold(text[start:end])


CHINESE = "中方要求美方取消加征的关税。"  # China asks the US to lift the added tariffs
THAI = "ภาษีนำเข้า"  # import duty
JAPANESE = "関税の引き下げ"  # a cut in tariffs
ARTICLE = f"{CHINESE}\n\nThe delegations spoke about mackerel quotas.\n\n{THAI}, {JAPANESE}\n\nNguyễn said so."
BOTH = f"{THAI}, {JAPANESE}"


def passages(ledger, typed, **clocks):
    """The sources that a search finds by their text, each with the passage."""
    with ledger.views(Clocks(**clocks)) as views:
        return [(one.slug, one.passage) for one in search(views, typed) if one.where == "text"]


@pytest.fixture
def article(ledger: Ledger) -> Ledger:
    """A source with a frozen text, published on 22 May 2025, and another without one."""
    file(ledger, "", slug="plain")
    ledger.append("source", "article", {"title": "An article", "published": "2025-05-22", "text": ARTICLE})
    return ledger


@pytest.mark.parametrize("typed", ["mackerel", "MACKEREL quota*", '"spoke about"', "nguyen mackerel"])
def test_the_full_text_of_a_source_is_found_with_the_passage(article, typed):
    [(slug, passage)] = passages(article, typed)
    assert slug == "article"
    assert passage in ARTICLE.split("\n\n")


@pytest.mark.parametrize("typed", ["quota", "mack", "mackerel tuna", '"about spoke"'])
def test_a_text_is_found_only_by_whole_words_and_by_all_of_them(article, typed):
    assert passages(article, typed) == []


@pytest.mark.parametrize(
    ("typed", "passage"),
    [("关税", CHINESE), ("取消 关税", CHINESE), ("税", CHINESE), ("ภาษี", BOTH), ("เข้า", BOTH), ("引き下げ", BOTH)],
)
def test_words_of_scripts_without_spaces_are_found_however_short(article, typed, passage):
    [(_, found)] = passages(article, typed)
    assert found == passage
    hits = [passage[start:end] for start, end in spans(passage, terms(typed))]
    assert "".join(hits) == typed.replace(" ", "")


def test_an_entry_in_a_script_without_spaces_is_found_by_a_word_in_it(ledger):
    ledger.append("statement", "asks", {"by": "vn", "act": "asked", "says": CHINESE, "on": "2025-05-22"}, note="Heard.")
    assert [one.slug for one in search(ledger.views(), "关税")] == ["asks"]
    assert search(ledger.views(), "税关") == []


def test_a_text_is_found_from_the_day_on_which_it_was_at_hand(article, set_clock):
    assert passages(article, "mackerel", as_of="2025-05-21") == []
    assert len(passages(article, "mackerel", as_of="2025-05-22")) == 1
    set_clock("2025-06-20T12:00:00+00:00")
    before = article.head().position
    article.append("source", "plain", {"text": "Herring, not mackerel."})
    assert [slug for slug, _ in passages(article, "mackerel")] == ["article", "plain"]
    for then in ({"as_of": "2025-06-19"}, {"recorded_by": before}, {"reported_by": "2025-06-19"}):
        assert [slug for slug, _ in passages(article, "mackerel", **then)] == ["article"]


def test_a_text_that_was_retracted_or_erased_is_not_found(article):
    article.retract("article", "a hoax")
    assert passages(article, "mackerel") == []
    article.reinstate("article", "no hoax")
    assert len(passages(article, "mackerel")) == 1
    article.erase("article", "By order.")
    assert passages(article, "mackerel") == []
    assert b"mackerel" not in article.path.with_name("ledger.views.db").read_bytes()


def test_a_source_is_found_once_and_only_among_sources(article):
    article.append("source", "tuna", {"title": "On tuna", "published": "2025-05-22", "text": "Tuna, again tuna."})
    with article.views() as views:
        assert [(one.slug, one.where) for one in search(views, "tuna")] == [("tuna", "title")]
        assert search(views, "mackerel", "statement") == []
        assert [one.slug for one in search(views, "mackerel", "source")] == ["article"]
