"""From a report's text to suggested entries, each with the exact words that support it. Nothing is filed."""
