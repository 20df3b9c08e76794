"""The desk in the browser: its pages, its forms, and their effect on a draft. The library files the entries."""
