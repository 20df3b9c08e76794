"""From what a keeper types or writes in an entry file to events: forms, rules, corrections, merging."""
