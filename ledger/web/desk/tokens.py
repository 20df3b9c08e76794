"""The page where a keeper names the people who may sign in, and the forms on it."""

from typing import NamedTuple

from ledger.errors import Refusal
from ledger.record import AskableRecord
from ledger.web.desk.forms import SentForm
from ledger.web.people.errors import LevelNeeded
from ledger.web.people.people import AccessRole, Admitted, People, last_day, role_of

ADDRESS = "/-/tokens"


class TokensPage(NamedTuple):
    """The people who may sign in, the result of a form, and the token that was made just now, shown only once."""

    people: list[Admitted]
    roles: list[AccessRole]
    levels: tuple[str, ...]
    says: str = ""
    refused: str = ""
    made: str = ""


def shown(people: People, record: AskableRecord) -> TokensPage:
    """The page as it is opened."""
    return TokensPage(people.all(), [*AccessRole], record.levels())


def sent(people: People, record: AskableRecord, form: SentForm) -> TokensPage:
    """The page after a form, which adds or revokes a person."""
    try:
        if gone := form.line("revoke"):
            people.revoke(gone)
            return shown(people, record)._replace(says=f"{gone} may not sign in any more.")
        name, made = form.line("name"), _added(people, record, form)
    except Refusal as refusal:
        if "path" in refusal.details:
            raise
        return shown(people, record)._replace(refused=str(refusal))
    return shown(people, record)._replace(says=f"{name} may sign in.", made=made)


def _added(people: People, record: AskableRecord, form: SentForm) -> str:
    role, level = role_of(form.line("role")), form.line("level")
    if role is AccessRole.READER and not level:
        raise LevelNeeded(name=form.line("name"), levels=", ".join(record.levels()))
    record.at(level)  # refused if there is no such level
    by_proxy = form.text("by-proxy") == "yes"
    return people.add(form.line("name"), role, level=level, expires=last_day(form.line("expires")), by_proxy=by_proxy)
