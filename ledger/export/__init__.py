"""Answers in forms to hand on: JSON, Markdown."""
