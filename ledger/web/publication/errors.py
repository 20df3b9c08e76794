"""The refusals of publishing a site."""

from ledger.errors import Refusal


class NotASite(Refusal):
    """{path} already contains something that `parley publish` did not make, such as {name}. Nothing was written: name
    another folder, or an empty one."""


class NotABase(Refusal):
    """{text!r} is not the address of a site. Give --base-url an address such as https://example.org/talks/"""
