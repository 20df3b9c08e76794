"""The refusals of exports."""

from ledger.errors import Refusal


class NotATemplate(Refusal):
    """{path} cannot be read as a Word file. Give --template a .docx file whose styles the brief is to have."""


class NotADocument(Refusal):
    """The name {path} says no kind of file that a brief can be. Let it end in .md, .docx or .pdf."""


class TemplateIsForWord(Refusal):
    """--template is for Word files only. Let --out end in .docx, or omit --template."""
