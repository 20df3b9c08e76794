"""Projects the log into the views: folding, catching up, rebuilding, replaying."""
