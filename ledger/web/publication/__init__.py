"""The static site of a record: the pages of `ledger.web` as files that open without a server."""
