"""What one page may cut: words that somebody filed, and never a speaker, a date, a teller or a doubt."""

from hypothesis import HealthCheck, given, settings

from ledger import Clocks, Ledger
from ledger.queries.brief import Brief, ChangesSince, Run
from ledger.queries.brief.filed import in_runs
from ledger.queries.brief.one_page import on_one_page
from ledger.queries.brief.writer import brief
from ledger.queries.diff import diff
from tests import laws
from tests.examples import file
from tests.thorough import THOROUGH

# What nobody filed as words of an entry, and a reader needs.
NEEDED = ("US", "VN", "May 2025", "June 2025", "inferred", "perhaps", "according", "conditional on", "told by", "due")
LONG = "It is to come with a great many words, of which a page that is too short can well do without the most. " * 3


def changed(ledger: Ledger, since: str, day: str) -> Brief:
    """The brief of a day, with what changed since an earlier one."""
    after = ledger.views(Clocks(as_of=day))
    return brief(after, "vn", "", ChangesSince(since, diff(ledger.views(Clocks(as_of=since)), after)))


@settings(max_examples=5 * THOROUGH, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(laws.stories())
def test_only_words_that_somebody_filed_may_be_cut(story: laws.Story) -> None:
    with laws.new_ledger() as ledger:
        laws.tell(ledger, story)
        found = changed(ledger, "2025-05-02", "2025-06-30")
    for section in found.sections:
        for line in section.lines:
            of_text = " of agreement, " in line.runs[0].words  # the words of a provision contain their proposers
            for run in () if of_text else line.runs:
                assert not (run.filed and any(words in run.words for words in NEEDED)), line


def test_a_change_that_is_cut_keeps_its_speaker_its_dates_and_its_doubt(ledger: Ledger) -> None:
    entries = (
        f"  - {{follow-up: list, as: promised, says: '{LONG}', owners: us, reported-by: Ahram, quote: a list,"
        " due: {date: '[2025-05-05..2025-06-05]', words: within the coming month}}\n"
        f"  - {{statement: vow, by: us, act: promised, says: '{LONG}', reported-by: Ahram, quote: a vow}}\n"
    )
    file(ledger, entries)
    many = "".join(
        f"  - {{statement: s{n}, by: us, to: vn, act: asked, issues: export-controls, says: '{LONG}', quote: it {n}}}\n"
        for n in range(40)
    )
    file(ledger, many, slug="many")
    whole = changed(ledger, "2025-05-02", "2025-06-30")
    short = on_one_page(whole)
    [title] = [one.title for one in whole.sections if one.title.startswith("What changed")]
    lines = [
        "".join(run.words for run in line.runs) for one in short.sections if one.title == title for line in one.lines
    ]
    told = next(line for line in lines if line.startswith("Promised"))
    assert "…" in told
    for words in ("as told by Ahram", "United States", '"within the coming month" (between 5 May and 5 June 2025)'):
        assert words in told
    assert told.endswith("(perhaps by 2 May 2025 already).")
    vow = next(line for line in lines if line.startswith("United States promised on or before 22 May 2025"))
    assert "as told by Ahram: It is to come" in vow


def test_the_filed_words_of_a_text_are_found_with_or_without_their_full_stop() -> None:
    told = "Agreed: Send a list (as told by us) – Send a list first."
    assert in_runs(told, ["Send a list.", "Send a list first."]) == [
        Run("Agreed: "),
        Run("Send a list", filed=True),
        Run(" (as told by us) – "),
        Run("Send a list first", filed=True),
        Run("."),
    ]
