"""Levels of confidentiality: the level of each event, and the record as somebody with a clearance sees it."""
