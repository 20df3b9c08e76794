"""The form of a report: labels of speakers, interviews, lists, and the lines of notes."""
