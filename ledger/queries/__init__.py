"""Questions that need more than a row or two of the views, one module each."""
