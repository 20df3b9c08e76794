"""From a report's text to suggested entries, each with the exact words that it rests on. Nothing is filed by guess."""
