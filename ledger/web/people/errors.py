"""The refusals of signing in, and of the tokens for it."""

from ledger.errors import Refusal, RefusedNear


class PeopleDamaged(Refusal):
    """{path} is not a list of people that Parley wrote. Move it away, and give people new tokens (`parley token add`);
    until then nobody can sign in."""


class BadName(Refusal):
    """A name is one line of at most {most} characters, without spaces at its ends or characters that cannot be seen."""


class UnknownRole(RefusedNear):
    """There is no {what} {typed!r}. {hint}"""


class HasToken(Refusal):
    """{name} may already sign in, as a {role}. To give them another token or role, revoke the old one first (`parley
    token revoke`)."""


class NoSuchPerson(RefusedNear):
    """No {what} {typed!r} may sign in. {hint}"""


class LevelNeeded(Refusal):
    """Say up to which level {name} may read: --level with one of {levels}."""


class LevelForReaders(Refusal):
    """A {role} sees the whole record, because filing an entry reveals what is already there. Leave --level out, or make
    {name} a reader."""


class BadExpiry(Refusal):
    """{typed!r} is not the end of a token. Give a number of days such as 90d, a last day such as 2027-03-31, or
    never."""


class ExpiryPassed(Refusal):
    """A token until {day} would never be valid: it is {today}."""


class WrongToken(Refusal):
    """This token is wrong, has expired or was revoked. Ask the keeper of the record for another."""


class TooManyGuesses(Refusal):
    """Too many wrong tokens came from your address. Wait {minutes}, then try again."""


class NotListed(Refusal):
    """You are signed in as {name}, who may not see this record. Its keeper can change that: `parley token add`."""


class NameUnclear(Refusal):
    """The proxy in front of these pages does not say clearly who you are: the header {header} must be sent exactly
    once, with one name. Ask the person who runs the proxy."""


class BadProxy(Refusal):
    """{typed!r} is not the address of a proxy. Give an address such as 10.0.0.5, or a network such as 10.0.0.0/28."""


class AnyProxy(Refusal):
    """{typed} would trust every machine to say who is asking. Name only the address of the proxy."""


class BadHeader(Refusal):
    """{typed!r} is not the name of a header that a proxy can set. Give one such as X-Remote-User."""


class ProxyNeeded(Refusal):
    """Anybody can send the header {header}. Name the address of the only proxy to be trusted: --proxy-from."""


class RecordersOnly(Refusal):
    """You are signed in as {name}, who may read here but not enter anything. The keeper of the record can give you a
    token as a recorder."""


class KeepersOnly(Refusal):
    """You are signed in as {name}, who may not do this. It is for a keeper of the record."""


class AuditNeedsNames(Refusal):
    """Nobody signs in to these pages, so nobody's name could be noted. Add --sign-in, or leave --audit out."""


class AuditNotWritable(Refusal):
    """This page is not shown, because your visit to it cannot be noted. Tell the person who runs these pages."""
