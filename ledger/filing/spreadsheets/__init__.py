"""Entries from spreadsheets: rows of a workbook or of a CSV file, with columns that are mapped to fields."""
