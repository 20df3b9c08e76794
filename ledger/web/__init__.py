"""The record in a browser: pages over the views, and the views' tables by Datasette. Read only.

A page is a function from a request (the views of one moment, and what its address says) to an answer. The answer fills
a template, and is also the page's JSON. The optional extra `web` installs what this room needs. `pages/` holds the
templates, `files/` the style sheets and the one script.
"""
