"""Answers in forms to hand on: JSON, CSV, workbooks, Markdown, calendars, Word files, PDF and bundles."""
