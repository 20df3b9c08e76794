"""Extracts the text of a report from its file: plain text, a web page, a PDF or a Word file."""
