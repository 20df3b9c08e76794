"""Answers in forms to hand on: JSON, CSV, workbooks, Markdown, calendars and Word files."""
