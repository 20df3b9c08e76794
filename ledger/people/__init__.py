"""The people who sign in to the pages: their tokens and roles, their sessions, and the word of a trusted proxy."""
