"""The record in a browser: pages over the views, the desk for entering reports, and the views' tables in Datasette.

A page is a function from a request (the views of one moment, and the parameters of its address) to an answer. The
answer fills a template, and is also the page's JSON. The optional extra `web` installs the dependencies. The templates
are in `pages/`, the style sheets and the script in `files/`.
"""
