"""Makes files for the tests: PDF, Word, web page."""

import io
import zlib

TEXT = "Norway and Canada met in Oslo on 12 March and agreed to exchange their drafts on cod by April."


def pdf(*pages: bytes) -> bytes:
    """A PDF file whose pages have these content streams, compressed."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for content in pages:
        packed = zlib.compress(content)
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed))
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
        objects.append(page % len(objects))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(kids), b" ".join(kids))
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, table)
    return made + head + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(made))


def shown(*lines: str) -> bytes:
    """The content of a page that shows lines of text, one below the other."""
    drawn = b" ".join(b"(%b) Tj 0 -14 Td" % line.encode("latin-1") for line in lines)
    return b"BT /F 11 Tf 40 700 Td %b ET" % drawn


def word(*paragraphs: str, title: str = "") -> bytes:
    """A Word file with these paragraphs."""
    import docx

    made, file = docx.Document(), io.BytesIO()
    made.core_properties.title = title
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    made.save(file)
    return file.getvalue()


def page(body: str) -> bytes:
    """A web page as news sites serve them."""
    return f"""<!DOCTYPE html><html lang="en"><head><title>Talks resume | Daily</title>
    <meta property="og:site_name" content="Daily"><meta property="og:title" content="Talks resume">
    <meta property="article:published_time" content="2024-03-15T08:00:00Z"></head>
    <body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Talks resume</h1>{body}</article>
    <footer>Subscribe to our newsletter</footer><script>alert("no text")</script></body></html>""".encode()
