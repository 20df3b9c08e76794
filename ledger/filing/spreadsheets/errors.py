"""The refusals of spreadsheets."""

from ledger.errors import Refusal, RefusedNear


class TableBroken(Refusal):
    """{path} cannot be read as a spreadsheet: {why}."""


class NoRows(Refusal):
    """{path} has no rows below a header. The first row that is not empty must have the names of the columns."""


class ColumnRepeated(Refusal):
    """Two columns are named {column!r}. Rename one of them."""


class UnknownColumn(RefusedNear):
    """{what} has no column {typed!r}. {hint}"""


class BadMap(Refusal):
    """{text!r} is not COLUMN=FIELD. Write for example --map date=on,party=by"""


class FieldTwice(Refusal):
    """Two columns are mapped to the field {field!r}: {columns}. Map one of them to nothing, as in --map {first}="""


class NothingMapped(Refusal):
    """No column is mapped to a field of {kind}. Say which is which, as in --map date=on,party=by. Its fields are
    {fields}."""


class RowsWithoutSource(Refusal):
    """Nothing says which source reports these rows. Name one with --source SLUG (register it with `parley append
    source`), or map a column to `source`."""
