"""Readers of an assertion: its subject, and the answer that it asserts."""

from ledger.base.errors import UnknownWord
from ledger.base.names import nearest
from ledger.domain.vocabulary import QUESTIONS
from ledger.filing.fields import Context, text
from ledger.filing.figures import in_its_unit
from ledger.filing.sheets import Raw


def matter(context: Context, raw: Raw) -> str:
    """The entry that an assertion is about."""
    value = text(context, raw)
    question = QUESTIONS.get(context.read.get("question", ""))  # an unknown question is refused at its own field
    return context.lookup.find(question.about, value) if question and question.about else value


def answer(context: Context, raw: Raw) -> str:
    """An answer to the question of an assertion: a status, a meeting, the value of a figure, or `none`."""
    value = text(context, raw)
    question = QUESTIONS.get(context.read.get("question", ""))
    if question is None or value.lower() == "none":
        return value.lower()
    if question.about == "measure":
        return in_its_unit(context, context.read.get("about", ""), value)[0].describe()
    if not question.answers:
        return context.lookup.find("meeting", value)
    word = " ".join(value.lower().replace("-", " ").split())
    if word not in question.answers:
        raise UnknownWord.near("answer", value, nearest(word, question.answers), question.answers)
    return word
