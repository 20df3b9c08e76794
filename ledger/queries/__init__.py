"""Questions that need more than one row of the views; a module for each."""
