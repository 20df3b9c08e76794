"""The desk: a report becomes a draft beside the ledger, a person decides on its entries, and a sheet of them is filed.

paste → frozen text → suggestions → draft (a JSON file in `ledger.drafts/`) → decisions and fields → dry run → filing.
"""
