"""From the log to the views: folding, catching up, rebuilding, replaying."""
