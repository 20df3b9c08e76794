"""The people who sign in to the pages: their tokens and roles, their sessions, and the headers of a trusted proxy."""
