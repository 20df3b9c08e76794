"""The sentences of what was asked, answered, withdrawn and said between two moments.

Separate requests of a party on one issue are told each for itself. A statement that no other sentence tells, because it
changed no status, is told as what was said.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator

from ledger.base.text import capital, listed, marked
from ledger.dates import When, reported
from ledger.domain.states import Ask, Slugs, Statement
from ledger.domain.vocabulary import ACTS, ends_wait
from ledger.domain.voices import parties, represented, speakers
from ledger.queries.replies import answered, withdrawal
from ledger.views.links import perhaps_by_then, replaced
from ledger.views.rows import selected, slugs
from ledger.views.status import AskOnTheDay, AskStatement, in_full, waiting
from ledger.views.views import Views

_FIELDS = f"{selected(AskStatement)}, [to]"


class SpokenSentences:
    """Writes them for the views of the second moment; `titles` are those of the issues that changed.

    `by_day` means that the moments are days of the same views: then only what happened between them is a change.
    `first` is the day (ISO) of the first moment, "" if that is a moment of the recorded clock. The sentences say
    what may have happened by then, and only became known since.
    """

    def __init__(self, views: Views, titles: dict[str, str], *, by_day: bool, first: str = "") -> None:
        self._views = views
        self._titles = titles
        self._by_day = by_day
        self._first = first
        self._statements: dict[str, sqlite3.Row | None] = {}
        self._replaced = replaced(views)
        self._perhaps: dict[tuple[str, str], set[str]] | None = None

    def _ask(self, was: AskOnTheDay | None, is_: AskOnTheDay) -> str:
        ask, title = is_.ask, self._title(is_.ask.issue)
        if was is not None and was.ask.last_statement in self._replaced and was.ask.first_asked != ask.first_asked:
            was = None  # another ask, in its place
        says = [*self._asked(was, is_)]
        asked = bool(says)
        # One of several requests is known by its words.
        meant = f"{title}{self._words(ask.last_statement)}" if is_.requests > 1 and not asked else title
        says += self._answered(was, is_, meant, self._source_of(self._statement(ask.last_statement)) if asked else "")
        if len(says) > 1 and ask.unless and not ask.unnamed:
            says[1] = f"earlier or later, {says[1]}"
        elif len(says) > 1 and ask.waiting_since and (ask.last_answer == ask.last_end or ask.unnamed):
            says.reverse()  # it was asked again after the answer
        says += self._withdrawn(was, is_, meant)
        if asked and is_.requests > 1:
            says.append(self._waits(is_))
        return capital("; ".join(filter(None, says)))

    def _asked(self, was: AskOnTheDay | None, is_: AskOnTheDay) -> Iterator[str]:
        """That it was asked, or asked again, and when: `Viet Nam asked the United States on 1 May 2025: Tariffs`."""
        ask = is_.ask
        if not is_asked(was, is_):
            return
        on, among = self._said(ask.last_statement, ask.last_asked), self._among(is_)
        words = self._words(ask.last_statement)
        asked = f"{self._views.in_sentence(ask.asker)} {self._asking(ask.last_statement, ask.to)}"
        yield f"{asked} {on}: {self._title(ask.issue)}{words}{among}"

    @staticmethod
    def _among(one: AskOnTheDay) -> str:
        """` (the last of 3 times on record)`, or that neither a date nor a link tells whether it is the last.

        One of several requests says so: ` (one of 2 requests on record)`.
        """
        told, ask = [], one.ask
        if ask.times > 1:
            which, order = ("the last", "") if ask.surely_last else ("one", ", no date tells their order")
            told.append(f"{which} of {ask.times} times on record{order}")
        if one.requests > 1:
            told.append(f"one of {one.requests} requests{'' if told else ' on record'}")
        return f" ({'; '.join(told)})" if told else ""

    def _answered(self, was: AskOnTheDay | None, is_: AskOnTheDay, meant: str, asked_in: str) -> Iterator[str]:
        """That somebody answered it, or said something on it to nobody in particular; `meant` is what was asked.

        It names its source if the same sentence tells the request, which `asked_in` reports.
        """
        ask = is_.ask
        same = was is not None and (was.ask.last_answer, was.ask.answer_statement) == (
            ask.last_answer,
            ask.answer_statement,
        )
        if same or not ask.last_answer:
            return
        by, row = self._listed(ask.last_answer_by), self._statement(ask.answer_statement)
        on = self._said(ask.answer_statement, ask.last_answer)
        # Both sides said so, and nobody answers itself; or it was said to nobody in particular.
        within = self._source_of(row)
        within = f", in {within}" if asked_in and within not in ("", asked_in) else ""
        to_nobody = ask.asker in parties(ask.last_answer_by) or not (row and slugs(row["to"]))
        if not to_nobody and ends_wait(ask.last_answer_act):
            act, asker = answered(self._with_tellers(is_), self._views), self._views.in_sentence(ask.asker)
            yield f"{by} answered {asker} {on} ({act}){within}: {meant}"
            return
        also = "".join(
            f"; {self._views.in_sentence(party)} {ACTS[act].verb} earlier or later"
            for party, act in zip(ask.other_answers_by, ask.other_answers, strict=True)
        )
        inferred = self._views.read(AskStatement, [row])[0].guessed if row else ""
        yield f"{marked(f'{by} {ACTS[ask.last_answer_act].verb} {on}{also}', inferred)}{within}: {meant}"

    def _withdrawn(self, was: AskOnTheDay | None, is_: AskOnTheDay, meant: str) -> Iterator[str]:
        """That the asker withdrew it, or perhaps it: a withdrawal may name none of several requests."""
        ask = is_.ask
        is_new = ask.ended_in and (was is None or was.ask.ended_in != ask.ended_in)
        if not is_new or not (ended := withdrawal(self._with_tellers(is_), self._views)):
            return
        asker = self._views.in_sentence(ask.asker)
        if ask.status == "withdrawn":
            yield f"{asker} {ended.replace('withdrew', 'withdrew its request', 1)}: {meant}"
            return
        request = self._words(ask.last_statement).removeprefix(": ")
        perhaps = f" (perhaps: {request})" if is_.requests > 1 and request else ""
        yield f"{asker} {ended}: {self._title(ask.issue)}{self._words(ask.ended_in)}{perhaps}"

    def _waits(self, one: AskOnTheDay) -> str:
        """`waiting for 9 days`, as of the second moment; "" if it does not wait."""
        if self._perhaps is None:
            self._perhaps = perhaps_by_then(self._views)
        ask = one.ask
        return waiting(ask, self._views.day, self._perhaps.get((ask.issue, ask.asker), ())).waits

    def _spoken(self, was: sqlite3.Row | None, is_: sqlite3.Row) -> str:
        """The sentence of a statement that was not there before: `Viet Nam refused on 3 May 2025: Tariffs: Not now`."""
        if was is not None:
            return ""
        columns = (*(is_[name] for name in Statement._fields), is_["on_phrase"])
        [said] = self._views.read(Statement, [columns])
        on = f"{said.said_on.clause()}{self._views.told_and_denied(said.reported_by, said.slug)}"
        known = self._known_since(said.said_on, dated=True)
        what = ": ".join(filter(None, (listed(map(self._title, said.issues)), said.told.rstrip("."))))
        if not speakers(said):
            return f"Said without a named speaker {on}: {what}{known}"
        spoke_for = self._listed(represented(said))
        by = f"{self._listed(said.by)}{f', for {spoke_for},' if spoke_for else ''}"
        act = ACTS[said.act].towards(self._listed(said.to)) if said.act in ACTS else said.act
        return capital(f"{by} {act} {on}: {what}{known}")

    def _with_tellers(self, one: AskOnTheDay) -> AskOnTheDay:
        """The ask with who reported each answer, and what the keeper inferred in it."""
        slugs_told = (one.ask.answer_statement, one.ask.ended_in, *one.ask.answered_in)
        rows = [row for slug in slugs_told if slug and (row := self._statement(slug)) is not None]
        said = {row["slug"]: self._views.read(AskStatement, [row])[0] for row in rows}
        return in_full(one, {}, said)

    def _known_since(self, when: When, *, dated: bool = False) -> str:
        """` (on 22 May 2025, not reported by 25 May 2025)`: of what may have happened by the first day; else "".

        `dated`: the sentence has the date already.
        """
        ended = when.ends[0]  # what lasts counts from its end
        if not self._first or (ended and ended.isoformat() > self._first):
            return ""
        first = When(self._first).describe()
        if self._by_day:
            return f" (perhaps by {first} already)"
        surely = when.latest is not None and when.latest.isoformat() <= self._first
        on = f"{when.clause()}, " if surely and not dated else ""
        return f" ({on}not reported by {first})"

    def _listed(self, voices: Iterable[str]) -> str:
        return listed(map(self._views.in_sentence, voices))

    def _title(self, issue: str) -> str:
        """The title of an issue; it is cached if the issue changed together with the ask."""
        if issue not in self._titles:
            found = self._views.held("title", "issues", "AND slug = ?", issue)
            self._titles[issue] = found[0]["title"] if found else issue
        return self._titles[issue]

    def _said(self, statement: str, day: str) -> str:
        """When a statement of a day was made: `on 22 May 2025`, `by 3 June 2025, as told by the Chair`."""
        row = self._statement(statement)
        if row is None:
            return reported(When(), day).clause()
        when = reported(When(row["on"], row["on_phrase"]), day).clause()
        return f"{when}{self._views.told_and_denied(row['reported_by'], statement)}"

    def _asking(self, statement: str, to: Slugs) -> str:
        """The verb of a statement that makes an ask, and its addressees: `proposed to Viet Nam`."""
        row = self._statement(statement)
        return self._views.asking(row["act"] if row else "asked", to)

    def _words(self, statement: str) -> str:
        """`: Lower the tariffs`: what a statement says, after the title of its issue."""
        row = self._statement(statement)
        return f": {self._views.read(AskStatement, [row])[0].told}".rstrip(".") if row and row["says"] else ""

    def _source_of(self, statement: sqlite3.Row | None) -> str:
        """The source that has the words of a statement which are told; the newest one if none has just these."""
        sources = slugs(statement["sources"]) if statement else ()
        if statement is None or len(sources) < 2:
            return "".join(sources)
        said = statement["says"].rstrip(".")
        telling = (one.source for one in self._views.log(statement["slug"], named=False) if said in one.sentence)
        return next((source for source in telling if source), sources[-1])

    def read_ahead(self, asks: Iterable[Ask]) -> None:
        """Read the statements of these asks at once."""
        made = {slug for ask in asks for slug in (ask.last_statement, ask.answer_statement, *ask.answered_in)}
        which = "AND slug IN (SELECT value FROM json_each(?))", json.dumps(sorted(made))
        self._statements |= {row["slug"]: row for row in self._views.held(_FIELDS, "statements", *which)}

    def _statement(self, slug: str) -> sqlite3.Row | None:
        """The fields of a statement that sentences use; cached, because a sentence and its source both need them."""
        if slug not in self._statements:
            found = self._views.held(_FIELDS, "statements", "AND slug = ?", slug)
            self._statements[slug] = found[0] if found else None
        return self._statements[slug]


def is_asked(was: AskOnTheDay | None, is_: AskOnTheDay) -> bool:
    """Whether it was asked, or asked again, between the two moments."""
    return was is None or was.ask.times < is_.ask.times
