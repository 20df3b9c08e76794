"""The record in a browser: pages over the views, the views' tables by Datasette beside them. Read only.

A page is a function of a desk (the views of one moment, and what its address says) to an answer, which is also its
JSON, and a template. The optional extra `web` brings what it needs; nothing else of the library imports this package.
"""
