"""The fold of an issue: the conversation on it, the asks in it, and the words by which it has its status."""
