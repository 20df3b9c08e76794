"""The replies to an ask in words: who gave each, for whom, and who told it."""

from ledger.domain.states import Ask
from ledger.queries.replies import considering, replies
from ledger.views.status import AskOnTheDay, awaited, waiting


class Names:
    """Names in capitals."""

    def name_of(self, voice: str) -> str:
        return voice.upper()

    def told_by(self, voice: str) -> str:
        return f", as told by {voice}" if voice else ""


def ask(
    to: tuple[str, ...], answers: tuple[str, ...], silent: tuple[str, ...] = (), through: tuple[str, ...] = ()
) -> Ask:
    waits = tuple("2025-05-01" if one in silent else "" for one in to)
    last = "2025-05-02", "", (), "2025-05-01" if silent else ""
    of_to = through or ("",) * len(to)
    return Ask("i", "vn", to, answers, waits, "open", 1, "", "2025-05-01", *last, "", "", "", "", (), of_to)


def told(one: Ask, reported_by: tuple[str, ...] = (), inferred: tuple[str, ...] = ()) -> str:
    nothing = ("",) * len(one.to)
    on_the_day = waiting(one, "2025-06-01")._replace(
        answers_reported_by=reported_by or nothing, answers_inferred=inferred or nothing
    )
    return replies(on_the_day, Names())


def test_the_answers_of_several_addressees_are_told_with_how_many_have_not_answered():
    to = ("co", "br", "pe", "cl")
    asked = ask(to, ("refused", "", "", ""), ("br", "pe", "cl"))
    assert told(asked) == "refused: CO; 3 have not answered"
    assert awaited(asked) == ("br", "pe", "cl")
    more = ask(to, ("refused", "accepted-in-part", "", "refused"), ("pe",))
    assert told(more) == "refused: CO and CL; accepted in part: BR; PE has not answered"
    assert told(more._replace(waits=("",) * 4)) == "refused: CO and CL; accepted in part: BR"
    assert told(ask(("us",), ("",), ("us",))) == ""
    assert told(ask(("us",), ("refused",))) == ""


def test_the_answer_of_a_bloc_is_told_with_the_members_that_it_answered_for():
    one = ask(("no", "de", "eu", "fr"), ("", *("refused",) * 3), ("no",), ("", "", "", "eu"))
    assert told(one) == "refused: DE and EU for FR; NO has not answered"
    assert told(ask(("fr",), ("refused",), through=("eu",))) == "refused: EU for FR"
    many = tuple(f"m{number}" for number in range(27))
    assert told(ask(many, ("accepted",) * 27, through=("eu",) * 27)) == "accepted: EU for 27 members"


def test_each_answer_says_who_told_it_and_what_was_inferred():
    asked = ask(("co", "br"), ("refused", "refused"))
    assert told(asked, ("ch", ""), ("", "why")) == "refused: CO, as told by ch and BR (inferred)"


def test_an_answer_other_than_the_last_has_its_own_day():
    asked = waiting(ask(("co", "br"), ("accepted", "refused")), "2025-06-01")
    dated = asked._replace(answers_said_on=("on or before 9 October 2025", ""))
    assert replies(dated, Names()) == "accepted: CO on or before 9 October 2025; refused: BR"


def test_an_addressee_that_considers_the_ask_is_named_even_if_it_is_the_only_one():
    alone = ask(("us",), ("considering",), ("us",))
    assert (told(alone, ("ch",)), considering(alone)) == ("considering: US, as told by ch", ("us",))
    two = ask(("us", "eu"), ("considering", ""), ("us", "eu"))
    assert told(two) == "considering: US; EU has not answered"


def test_of_an_ask_to_nobody_in_particular_the_last_that_considers_it_is_named():
    anybody = ask((), (), ("us",))._replace(
        last_answer="2025-05-02", last_answer_act="considering", last_answer_by=("us",), waiting_since="2025-05-01"
    )
    assert told(anybody) == "considering: US"
    assert told(anybody._replace(last_asked="2025-05-03")) == ""
    assert told(anybody._replace(last_answer_act="refused", waiting_since="")) == ""


def test_an_answer_that_is_not_in_full_has_no_replies() -> None:
    assert replies(AskOnTheDay(ask((), ()), None), Names()) == ""
