"""From the file that a report came in to its text: plain text, web pages, PDF and Word files."""
