"""The desk in the browser: its pages, its forms, and what a form does to a draft. Filing is the library's own."""
