"""The desk's responses: pages as HTML, and after a form the changed parts of a page, which its script replaces."""

import json
import re
from collections.abc import Mapping
from contextlib import closing
from secrets import token_urlsafe
from typing import Any, NamedTuple

from ledger.base import now
from ledger.desk.decisions import KINDS
from ledger.desk.report import SOURCE_FIELDS
from ledger.desk.sheet import told
from ledger.errors import Refusal
from ledger.ledger import Ledger
from ledger.web import addresses
from ledger.web.desk import erase, forms, short
from ledger.web.desk.desk import ENTER, Desk, DraftChange, GoTo, Show
from ledger.web.desk.page import DraftPage
from ledger.web.desk.short import SHORT
from ledger.web.errors import NoSuchPage
from ledger.web.people.visitors import Visitor
from ledger.web.rendering import Templates
from ledger.web.request import HTML, JSON, Opening, Request, Response

_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
ADDRESS = re.compile(
    rf"/(?P<negotiation>{_SLUG})/(?:(?P<enter>{ENTER})(?:/(?P<draft>[0-9a-f]{{8}}))?"
    rf"|(?P<note>note)|(?P<does>{'|'.join(SHORT[1:])})/(?P<slug>{_SLUG}))"
)
KEYS = {
    "↓ ↑ or j k": "next and previous sentence",
    "→ ←": "the other entries of the sentence",
    "n p": "next and previous undecided entry",
    "Enter": "accept the entry and go to the next",
    "x": "skip the entry; in a sentence without one: nothing for the record",
    "1 – 9": "the act",
    "Tab": "into the fields of the entry",
    "Esc": "back to the sentence",
    "+": "another entry like this one",
    "e": "take the selected words as the quotation",
    "m": "hide or show the marks",
    "Ctrl Enter": "accept, from a field",
    "Ctrl Z": "undo",
    "Ctrl Shift Z": "redo",
    "*": "an entry of another kind: choose it, then Enter",
    "the letter at a field": "go to that field",
    "?": "this list",
}
FIELD_KEYS = {
    "by": "b",
    "to": "t",
    "issues": "i",
    "at": "a",
    "on": "d",
    "owners": "o",
    "due": "u",
    "held": "h",
    "expected": "h",
    "place": "l",
    "people": "g",
    "parties": "r",
    "kind": "c",
    "format": "f",
    "before": "z",
    "post": "v",
    "slug": "w",
    "says": "s",
    "quote": "q",
}


class DeskSite:
    """The pages and forms of the desk."""

    def __init__(self, ledger: Ledger, opening: Opening, templates: Templates, nav: Mapping[str, str]) -> None:
        self.desk = Desk(ledger)
        self._here = token_urlsafe(24)  # in the forms of pages for which nobody signs in
        self._opening = opening
        self._templates = templates
        self._nav = nav

    def page(self, path: str, query: Mapping[str, str], visitor: Visitor) -> Response:
        """The page at an address of the desk."""
        asked = Asked.of(path)
        with closing(self._request(path, query, visitor)) as request:
            if asked.does == "erase":
                return self._shown(request, Show("desk_erase.html", erase.shown(request, asked.slug)))
            if asked.does:
                return self._shown(request, Show("desk_short.html", short.shown(request, asked.does, asked.slug)))
            if asked.draft and "forms" in query:
                return Response(200, JSON, json.dumps(self._forms(request, asked.draft), ensure_ascii=False))
            return self._shown(request, self.desk.show(request, asked.draft))

    def post(self, path: str, headers: Mapping[str, str], body: bytes, visitor: Visitor) -> Response:
        """The answer to a form."""
        in_json = "application/json" in headers.get("accept", "")
        try:
            form = forms.read(headers.get("content-type", ""), body)
            forms.check_origin(headers, form, self._token(visitor))
            if Asked.of(path).does == "erase":
                return self._erased(path, form, visitor)
            with closing(self._request(path, {}, visitor)) as request:
                found = self._done(request, Asked.of(path), form)
                if isinstance(found, DraftChange):
                    if in_json:
                        return Response(200, JSON, json.dumps(self._parts(request, found), ensure_ascii=False))
                    after = found.after
                    tried = {"tried": after.tried} if after.tried else {}
                    found = GoTo(f"{request.link(f'{ENTER}/{after.draft.id}', at=after.at, **tried)}#{after.at}")
                if isinstance(found, GoTo):
                    return Response(303, HTML, "", found.path)
                return self._shown(request, found)
        except Refusal as refusal:
            if in_json:
                return Response(409, JSON, json.dumps({"refused": str(refusal)}, ensure_ascii=False))
            page = self._templates.get_template("problem.html")
            return Response(409, HTML, page.render(says=str(refusal), back=path, title="Refused", visitor=visitor))

    def _erased(self, path: str, form: forms.SentForm, visitor: Visitor) -> Response:
        """The answer to a form of the page that erases, shown from views that were opened afterwards."""
        with closing(self._request(path, {}, visitor)) as request:
            found = erase.sent(request, Asked.of(path).slug, form)
        with closing(self._request(path, {}, visitor)) as request:
            return self._shown(request, Show("desk_erase.html", found))

    def _done(self, request: Request, asked: "Asked", form: forms.SentForm) -> Show | GoTo | DraftChange:
        if not asked.does:
            return self.desk.post(request, asked.draft, form)
        found = short.sent(request, asked.does, asked.slug, form)
        return GoTo(found) if isinstance(found, str) else Show("desk_short.html", found)

    def _token(self, visitor: Visitor) -> str:
        """The token that the forms of a visitor's pages contain."""
        return visitor.forms or self._here

    def _request(self, path: str, query: Mapping[str, str], visitor: Visitor) -> Request:
        asked = addresses.clocks(self._opening.ledger, {}, now.today())
        views = self._opening.views(asked, Asked.of(path).negotiation)
        return Request(self._opening, views, asked, path, query, visitor=visitor)

    def _shown(self, request: Request, found: Show) -> Response:
        body = self._templates.get_template(found.template).render(
            request=request,
            answer=found.answer,
            nav=self._nav,
            here=ENTER,
            desk=True,
            tables="",
            token=self._token(request.visitor),
            visitor=request.visitor,
            kinds=KINDS,
            field_keys=FIELD_KEYS,
            keys=KEYS,
            told=told,
            source_fields=SOURCE_FIELDS,
            noted=short.NOTED,
        )
        return Response(200, HTML, body)

    def _forms(self, request: Request, draft: str) -> dict[str, object]:
        """The forms of the entries that the page's script asks for, by id, and the draft's number that they show."""
        page = self.desk.page(request, self.desk.drafts.read(draft))
        base, macros = self._macros(request, page)
        wanted = request.query["forms"].split(",")
        found = {
            one.id: str(macros.entry(page, page.form(one), base, KINDS)) for one in page.entries if one.id in wanted
        }
        return {"number": page.draft.number, "parts": found}

    def _macros(self, request: Request, page: DraftPage) -> tuple[str, Any]:
        """The address of a draft, and what renders the parts of its page."""
        has = {"token": self._token(request.visitor), "field_keys": FIELD_KEYS}
        base = request.link(f"{ENTER}/{page.draft.id}")
        return base, self._templates.get_template("desk_parts.html").make_module(has)

    def _parts(self, request: Request, change: DraftChange) -> dict[str, object]:
        """The answer to the page's script after a form: the changed parts by id, and the entry to show next."""
        before, after = change.before, change.after
        base, macros = self._macros(request, after)
        parts: dict[str, str] = {"head": str(macros.head(after, base))}
        known = {one.id: one for one in before.draft.entries}
        for one in after.entries:
            earlier = known.pop(one.id, None)
            if earlier == one or (change.typed and one.id == after.at):
                is_wrong = one.id == after.tried or before.problems.get(one.id) != after.problems.get(one.id)
                is_read = before.days.get(one.id) != after.days.get(one.id)
                form = after.form(one) if is_wrong or is_read else None
                every = [*form.fields, *form.more] if form else []
                if is_wrong:
                    names = ["", *(each.name for each in every)]
                    parts |= {f"{one.id}-{each}-problem": str(macros.problem(form, each)) for each in names}
                if is_read:
                    days = [each for each in every if each.is_day]
                    parts |= {f"{one.id}-{each.name}-read": str(macros.read_back(form, each)) for each in days}
            elif change.read_on and one.id != after.at:
                parts[one.id] = str(macros.link(one))
            else:
                parts[one.id] = str(macros.entry(after, after.form(one), base, KINDS))
        parts |= dict.fromkeys(known, "")
        for number in before.draft.differing(after.draft):
            parts[f"s{number}"] = str(macros.sentence(after, after.sentence(number)))
        return {
            "number": after.draft.number,
            "says": change.says,
            "refused": change.refused,
            "at": after.at,
            "order": [one.id for one in after.entries],
            "reload": before.draft.sentences != after.draft.sentences or before.draft.source != after.draft.source,
            "parts": parts,
        }


class Asked(NamedTuple):
    """The meaning of an address of the desk: a draft ("" for the first page), or a short form and its entry."""

    negotiation: str
    draft: str
    does: str
    slug: str

    @classmethod
    def of(cls, path: str) -> "Asked":
        """Parse an address."""
        found = ADDRESS.fullmatch(path)
        if found is None:
            raise NoSuchPage()
        return cls(
            found["negotiation"], found["draft"] or "", found["note"] or found["does"] or "", found["slug"] or ""
        )
