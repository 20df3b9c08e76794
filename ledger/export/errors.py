"""The refusals of exports."""

from ledger.errors import Refusal


class NotATemplate(Refusal):
    """{path} cannot be read as a Word file. Give --template a .docx file that has the styles for the brief."""


class NotADocument(Refusal):
    """A brief cannot be written as {path}: choose a name that ends in .md, .docx or .pdf."""


class TemplateIsForWord(Refusal):
    """--template is for Word files only. Give --out a name that ends in .docx, or omit --template."""


class NotAForm(Refusal):
    """Parley does not write the form {form}. Give --as {forms}."""


class NothingToBundle(Refusal):
    """None of the wanted entries is on record at the level {level} by that day, so there is nothing to bundle."""
