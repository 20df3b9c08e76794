"""`parley show` and `parley history`: how sources weigh, and the columns of a conversation."""

import json

from tests.cli.console import Console


def test_show_says_how_many_independent_sources_carry_an_entry(press: Console) -> None:
    assert (
        "\ncarried by 2 independent sources (3 in all); its reports differ on " in press.line("parley show hanoi").out
    )
    assert "\ncarried by 1 independent source (2 in all)\n" in press.line("parley show exchange-drafts").out
    assert "\ncarried by 1 source\n" in press.line("parley show name-place").out
    assert "carried by" not in press.line("parley show us").out
    assert json.loads(press.line("parley show hanoi --json").out)["weight"] == {"independent": 2, "sources": 3}


def test_show_weighs_what_was_published_by_a_day(press: Console) -> None:
    assert "carried by 1 source\n" in press.line("parley show hanoi --reported-by 2025-05-21").out
    assert "carried by 1 independent source (2 in all)" in press.line("parley show hanoi --reported-by 2025-05-22").out


def test_show_of_a_source_names_the_copies_of_its_text(press: Console) -> None:
    assert "Counted as one source with\n  Ministry  ministry\n" in press.line("parley show daily").out
    assert "Counted as one" not in press.line("parley show readout").out
    assert json.loads(press.line("parley show ministry --json").out)["copies"] == ["daily"]


def test_many_parties_are_listed_by_name_where_columns_have_no_room(recorded: Console) -> None:
    for slug in ("jp", "kr"):
        recorded.parley("append", "party", slug, "--name", slug.upper())
        fields = ["--by", slug, "--act", "asked", "--issues", "tariffs", "--on", "2025-06-01", "--says", "So."]
        recorded.parley("append", "statement", f"{slug}-asks", *fields, "--note", "On the phone.")
    said = recorded.line("parley history tariffs").out
    assert "KR  ASKED So." in said
    assert len(said.partition("Said\n")[2].splitlines()[0].split("  ")) > 2


def test_what_the_keeper_inferred_is_shown_with_its_reason_and_in_json(recorded: Console) -> None:
    shown = recorded.line("parley show round-5-closing").out
    assert "inferred  The day; the text gives none" in shown
    assert "inferred in report-fifth-round: The year: " in shown
    assert json.loads(recorded.line("parley show round-5-closing --json").out)["state"]["inferred"].startswith(
        "The day"
    )
    assert recorded.line("parley promises --by us").out.count("(inferred)") == 1


def test_who_only_considers_an_ask_has_replied_and_the_ask_waits_on(recorded: Console) -> None:
    asked = ["--by", "vn", "--to", "us", "--act", "asked", "--on", "2025-11-15", "--says", "Drop it."]
    replied = ["--by", "us", "--to", "vn", "--act", "considering", "--on", "2025-11-17", "--says", "We study it."]
    entries = [("issue", "fee", "--title", "A fee")]
    for slug, fields in (("vn-asks-fee", asked), ("us-studies-fee", replied)):
        entries.append(("statement", slug, "--issues", "fee", "--note", "On the phone.", *fields))
    for entry in entries:
        filed = recorded.parley("append", *entry)
        assert filed.code == 0, filed.err
    recorded.columns = 200
    answer = recorded.line("parley show fee --as-of 2025-11-20")
    assert answer.code == 0, answer.err
    shown = " ".join(answer.out.split())
    assert "waiting for 5 days" in shown
    assert "last reply 2025-11-17: considering: United States" in shown
    assert "answered" not in shown
    waits = recorded.line("parley table --issue fee --as-of 2025-11-20").out
    assert "Viet Nam waits for the United States, 5 days (considering: United States)" in " ".join(waits.split())
    assert "considering: United States; no answer on record" in " ".join(
        recorded.line("parley gaps --full --as-of 2025-11-20").out.split()
    )
