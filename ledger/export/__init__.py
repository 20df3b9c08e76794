"""The export of answers as JSON and Markdown."""
