"""The refusals of draft texts."""

from ledger.errors import Refusal


class BracketNeverCloses(Refusal):
    """{place}: the bracket before “{words}” never closes. Close it with ] in the same paragraph."""


class BracketNeverOpens(Refusal):
    """{place}: the bracket that closes after “{words}” never opens. Open it with [ in the same paragraph."""


class NobodyProposes(Refusal):
    """{place}: nobody is named in the parentheses after the bracket “{words}”. Name who proposes it, or omit them."""


class BracketsTooDeep(Refusal):
    """{place}: brackets are nested more than {most} deep. Give the wording with fewer of them."""


class NoNumberedProvisions(Refusal):
    """The text has no numbered provision. Begin each with its number on a line: `Article 5`, `5.2` or `2.`, `(a)`."""


class ProvisionTwice(Refusal):
    """{place} occurs twice in the text. Give each provision a number of its own."""


class NotAProvisionNumber(Refusal):
    """{text!r} is not the number of a provision, such as 5, 5.2, 5.2(a) or Annex A."""


class ProvisionHasNoWords(Refusal):
    """{place} has no words. Leave it out, or report it as deleted."""
