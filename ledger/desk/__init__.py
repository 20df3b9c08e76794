"""The desk: a report becomes a draft, a person decides on its entries, and the accepted ones are filed.

paste → frozen text → suggestions → draft (a JSON file in `ledger.drafts/`) → decisions and fields → dry run → filing.
"""
