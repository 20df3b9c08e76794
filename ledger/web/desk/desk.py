"""The desk: the answers of its pages, and the effect of each form. The library files the entries."""

import re
from collections.abc import Mapping
from contextlib import closing
from typing import Any, NamedTuple

from ledger.base import now
from ledger.base.companions import user
from ledger.base.names import fold
from ledger.base.text import counted
from ledger.desk import decisions
from ledger.desk.draft import DeskDraft
from ledger.desk.errors import AlreadyFiled, DraftChanged, KeeperNeeded, NothingAccepted, NothingPasted
from ledger.desk.fields import SUBJECTS
from ledger.desk.record import every_slug, record
from ledger.desk.report import READY, SOURCE_FIELDS, describe_source, document_of, get_ready, open_draft, read_on
from ledger.desk.sheet import Problems, days_read, problems, sheet
from ledger.desk.store import Drafts
from ledger.domain.quotations import fingerprint
from ledger.errors import ProblemsFound, Refusal
from ledger.ledger import Filed, Ledger
from ledger.queries.diff import Difference, diff
from ledger.views.views import LogRow
from ledger.web.desk.forms import SentForm
from ledger.web.desk.page import DraftPage, DryRun, Known, names
from ledger.web.request import Request

ENTER = "enter"
MOST_CHECKED = 64  # dry runs whose problems are remembered
FILED = re.compile(r"(\d{1,12})-(\d{1,12})")


class Show(NamedTuple):
    """A page to be shown: its template and its content."""

    template: str
    answer: Any


class GoTo(NamedTuple):
    """The address of the page to be shown next."""

    path: str


class DraftChange(NamedTuple):
    """A change that a form made to a draft: the page before and after, and the message for screen readers."""

    before: DraftPage
    after: DraftPage
    says: str
    refused: bool = False
    typed: bool = False
    read_on: bool = False  # whether it only added the suggestions of the rest of the report


class Started(NamedTuple):
    """The first page of the desk: the open drafts, the name of the keeper, and the events filed just now."""

    drafts: list[DraftPage]
    keeper: str
    filed: list[LogRow]
    changes: list[Difference]
    refused: str = ""
    typed: Mapping[str, str] = {}


class Review(NamedTuple):
    """The events that filing a draft would record, or the reason why it cannot be filed."""

    page: DraftPage
    would: Filed | None
    refused: str = ""


class Desk:
    """The desk of one ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.drafts = Drafts(ledger.path)
        self._checked: dict[tuple[object, ...], DryRun] = {}

    # Pages.

    def show(self, request: Request, draft: str) -> Show:
        """The page of a draft, the review before it is filed, or the first page of the desk."""
        if not draft:
            texts = (one.slug for one in reversed(request.views.sources()) if one.sha256)
            if not READY.is_set() and (like := next(texts, "")):
                get_ready(request.views.text(like), record(request.views))
            return Show("desk_start.html", self._started(request))
        found = self.drafts.read(draft)
        if found.unread and "first" not in request.query:
            found = self._read_on(request, found)
        if "review" in request.query:
            return Show("desk_review.html", self._review(request, found))
        return Show("desk.html", self.page(request, found, request.query.get("at", ""), request.query.get("tried", "")))

    def _read_on(self, request: Request, draft: DeskDraft) -> DeskDraft:
        """The draft with all its suggestions, stored."""
        try:
            return self.drafts.change(draft.id, draft.number, lambda found: read_on(found, record(request.views)))
        except DraftChanged:  # another window was first
            return self.drafts.read(draft.id)

    def _started(self, request: Request) -> Started:
        drafts = [DraftPage(one, []) for one in self.drafts.all(request.negotiation)]
        span = FILED.fullmatch(request.query.get("filed", ""))
        filed: list[LogRow] = []
        changes: list[Difference] = []
        if span:
            first, last = int(span[1]), int(span[2])
            filed = [one for one in request.views.log(later=True) if first <= one.position <= last]
            before = request.asked._replace(recorded_by=max(first - 1, 0))
            with closing(request.opening.views(before, request.negotiation)) as earlier:
                changes = diff(earlier, request.views)
        return Started(drafts, request.keeper(self.ledger.keeper or user()), filed, changes)

    def page(self, request: Request, draft: DeskDraft, at: str = "", tried: str = "") -> DraftPage:
        """The content of a draft's page."""
        return DraftPage(draft, names(request.views, draft), self.check(draft, request.head), at, tried)

    def _review(self, request: Request, draft: DeskDraft) -> Review:
        page = self.page(request, draft)
        if not draft.accepted():
            return Review(page, None, str(NothingAccepted()))
        try:
            would = self._ledger_of(draft).file(
                [sheet(draft, draft.accepted())], negotiation=draft.negotiation, dry_run=True
            )
        except ProblemsFound as refused:
            return Review(DraftPage(draft, page.names, DryRun(problems(refused, draft), {})), None)
        return Review(page, would)

    def check(self, draft: DeskDraft, head: int) -> DryRun:
        """The result of a dry run of the entries that are not skipped; `head` is the log's position."""
        filed = [(one.id, one.kind, one.slug, one.fields) for one in draft.entries if one.decision != "skipped"]
        key = (draft.id, draft.keeper, head, draft.slug, str(draft.source), str(filed))
        if key not in self._checked:
            while len(self._checked) >= MOST_CHECKED:
                self._checked.pop(next(iter(self._checked)))
            self._checked[key] = self._dry_run(draft)
        return self._checked[key]

    def _dry_run(self, draft: DeskDraft) -> DryRun:
        """The problems of the entries, and the days of those without problems, as they were read."""
        entries = [one for one in draft.entries if one.kind and one.decision != "skipped"]
        found: Problems = {}
        for _ in range(2):  # once more without the entries that have problems
            try:
                filed = self._ledger_of(draft).file(
                    [sheet(draft, entries)], negotiation=draft.negotiation, dry_run=True
                )
            except ProblemsFound as refused:
                found = found or problems(refused, draft)
                entries = [one for one in entries if one.id not in found]
            else:
                return DryRun(found, days_read(entries, filed.recorded))
        return DryRun(found, {})

    # Forms.

    def post(self, request: Request, draft: str, form: SentForm) -> Show | GoTo | DraftChange:
        """Do as a form says: start a draft, change one, file it, or discard it."""
        if not draft:
            return self._start(request, form)
        what = form.text("do")
        if what == "file":
            return self._file(request, draft)
        if what == "discard":
            self.drafts.discard(draft)
            return GoTo(request.link(ENTER))
        return self._change(request, draft, form, what)

    def _start(self, request: Request, form: SentForm) -> Show | GoTo:
        try:
            keeper = request.keeper(form.line("keeper"))
            if not keeper:
                raise KeeperNeeded()
            name, content = form.files.get("file", ("", form.text("report").encode()))
            if not content.strip():
                raise NothingPasted()
            document = document_of(content, name, {one: form.line(one) for one in SOURCE_FIELDS})
            for one in self.drafts.all(request.negotiation):
                if (one.text, one.keeper) == (document.text, keeper):
                    return GoTo(request.link(f"{ENTER}/{one.id}", opened="before"))
            in_part = bool(form.text("scripted"))  # a script will ask for the rest
            opened = open_draft(
                document, record(request.views), keeper, now.now().isoformat(), request.head, in_part=in_part
            )
            only = {"first": "1"} if opened.unread else {}
            return GoTo(request.link(f"{ENTER}/{self.drafts.add(opened).id}", **only))
        except Refusal as refusal:
            typed = {name: form.text(name) for name in ("report", "title", "publisher", "published", "keeper")}
            return Show("desk_start.html", self._started(request)._replace(refused=str(refusal), typed=typed))

    def _change(self, request: Request, draft: str, form: SentForm, what: str) -> DraftChange:
        before = self.drafts.read(draft)
        entry = form.text("entry")
        texts = form.fields() | {name: form.text(name) for name in ("slug", "is-a") if name in form.values}
        texts = _with_subject(texts, names(request.views, before))
        refused: list[str] = []

        def change(found: DeskDraft) -> DeskDraft:
            found = read_on(found, record(request.views)) if found.unread else found
            if what == "accept":
                after = decisions.decide(found, "accept", entry, texts)
                wrong = self.check(after, request.head).problems.get(entry, {})
                refused.extend(told for each in wrong.values() for told in each)
                return decisions.type_in(found, entry, texts) if refused else after
            return self._done(request, found, form, what, entry, texts)

        after = self.drafts.change(draft, form.number("number"), change)
        at = _next(after, entry) if what in ("accept", "skip") and not refused else _at(after, entry, what)
        told = " ".join(refused) if refused else _told(after, what)
        known = names(request.views, after)
        earlier = DraftPage(before, known, self.check(before, request.head), entry)
        later = DraftPage(after, known, self.check(after, request.head), at, entry if refused else "")
        is_typed = what == "type" and _kinds(before) == _kinds(after)
        return DraftChange(earlier, later, told, bool(refused), is_typed, before.unread)

    def _done(
        self, request: Request, draft: DeskDraft, form: SentForm, what: str, entry: str, texts: dict[str, str]
    ) -> DeskDraft:
        """The draft after a change that needs no check."""
        sentence = form.number("sentence")
        if what.startswith("name:"):
            field, _, item = what.removeprefix("name:").partition(":")
            typed = decisions.type_in(draft, entry, texts)
            return decisions.name_new(typed, entry, field, item, every_slug(request.views))
        match what:
            case "skip" | "reopen":
                return decisions.decide(draft, "skip" if what == "skip" else "reopen", entry, texts)
            case "pass":
                return decisions.pass_over(draft, sentence)
            case "add":
                return decisions.add(draft, form.text("kind"), sentence, every_slug(request.views), form.text("like"))
            case "quote":
                return decisions.quote_selected(draft, entry, sentence, form.number("offset"), form.text("words"))
            case "source":
                source = {name: texts[name] for name in texts if name in SOURCE_FIELDS}
                return describe_source(draft, source, record(request.views))
            case "read":
                return draft
            case "undo":
                return draft.undo()
            case "redo":
                return draft.redo()
            case _:
                return decisions.type_in(draft, entry, texts)

    def _file(self, request: Request, draft: str) -> Show | GoTo:
        """File the accepted entries, all or nothing, and delete the draft. Other desks wait meanwhile."""
        with self.drafts.locked():
            found = self.drafts.read(draft)
            if not found.accepted():
                raise NothingAccepted()
            self._refuse_if_filed(found)
            try:
                by = Ledger(self.ledger.path, request.keeper(found.keeper))
                filed = by.file([sheet(found, found.accepted())], negotiation=found.negotiation)
            except ProblemsFound as refused:
                return Show(
                    "desk_review.html", Review(DraftPage(found, [], DryRun(problems(refused, found), {})), None)
                )
            self.drafts.discard(draft)
        if not filed.recorded:
            return GoTo(request.link(ENTER, filed="0-0"))
        return GoTo(request.link(ENTER, filed=f"{filed.recorded[0].position}-{filed.recorded[-1].position}"))

    def _refuse_if_filed(self, draft: DeskDraft) -> None:
        """Refuse a report from which entries were filed since the draft was opened."""
        with closing(self.ledger.views(negotiation=draft.negotiation)) as views:
            sha256 = fingerprint(draft.text)
            sources = {one.slug for one in views.every_source() if one.sha256 == sha256}
            log = views.log(later=True) if sources else []
            since = [one for one in log if one.source in sources and one.position > draft.position]
        if since:
            keepers = ", ".join(dict.fromkeys(one.recorded_by for one in since))
            raise AlreadyFiled(source=since[0].source, entries=counted(len(since), "entry", "entries"), keeper=keepers)

    def _ledger_of(self, draft: DeskDraft) -> Ledger:
        return Ledger(self.ledger.path, draft.keeper)


def _with_subject(texts: dict[str, str], known: list[Known]) -> dict[str, str]:
    """The typed texts, with the slug in place of the name of the person or entry that this entry is about."""
    kind, typed = SUBJECTS.get(texts.get("is-a", ""), ""), fold(texts.get("slug", ""))
    found = [one.value for one in known if kind and one.kind == kind and typed in map(fold, one.label.split("; "))]
    return texts | {"slug": found[0]} if found else texts


def _next(draft: DeskDraft, entry: str) -> str:
    """The next undecided entry after this one, then from the beginning; this one if none is left."""
    ids = [one.id for one in draft.entries if one.kind]
    at = ids.index(entry) + 1 if entry in ids else 0
    undecided = {one.id for one in draft.undecided()}
    return next((name for name in (*ids[at:], *ids[:at]) if name in undecided), entry)


def _at(draft: DeskDraft, entry: str, what: str) -> str:
    """The entry that the page shows after a form: the one that was changed."""
    if what == "add":
        return draft.done[-1].at
    step = draft.undone[-1] if what == "undo" and draft.undone else draft.done[-1] if draft.done else None
    return step.at if what in ("undo", "redo") and step else entry


def _kinds(draft: DeskDraft) -> list[str]:
    return [one.kind for one in draft.entries]


def _told(draft: DeskDraft, what: str) -> str:
    """The effect of a form in a few words, for screen readers."""
    entries = [one for one in draft.entries if one.kind]
    decided = f"{sum(bool(one.decision) for one in entries)} of {len(entries)}"
    step = draft.undone[-1] if what == "undo" else draft.done[-1] if draft.done else None
    if what in ("type", "read") or step is None:
        return ""
    return f"undone: {step.what}, {decided}" if what == "undo" else f"{step.what}, {decided}"
