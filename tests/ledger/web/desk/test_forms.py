"""What a browser sends: values and files, in either form."""

import pytest

from ledger.web.desk import forms
from ledger.web.errors import FormBroken, NotFromHere

MULTI = "multipart/form-data; boundary=xYz"


def multipart(*parts: tuple[str, bytes]) -> bytes:
    told = [
        f"--xYz\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + body + b"\r\n" for head, body in parts
    ]
    return b"".join(told) + b"--xYz--\r\n"


def test_values_of_a_plain_form() -> None:
    form = forms.read("application/x-www-form-urlencoded", b"a=1&b=%C4%91+x&c=")
    assert (form.text("b"), form.text("c"), form.text("d"), form.number("a"), form.number("b")) == (
        "đ x",
        "",
        "",
        1,
        -1,
    )


def test_a_file_arrives_byte_by_byte() -> None:
    content = bytes(range(256)) + b"\r\n--xY\r\n\r\n\x0c\x85"
    form = forms.read(MULTI, multipart(('name="file"; filename="a.pdf"', content), ('name="t"', "đ".encode())))
    assert form.files == {"file": ("a.pdf", content)}
    assert form.text("t") == "đ"


def test_no_file_chosen_is_no_file() -> None:
    assert forms.read(MULTI, multipart(('name="file"; filename=""', b""))).files == {}


@pytest.mark.parametrize(
    ("kind", "body"),
    [("text/plain", b"a=1"), ("", b""), ("multipart/form-data", b""), ("application/x-www-form-urlencoded", b"\xff")],
)
def test_anything_else_is_refused(kind: str, body: bytes) -> None:
    with pytest.raises(FormBroken):
        forms.read(kind, body)


def test_a_form_with_thousands_of_values_is_refused() -> None:
    with pytest.raises(FormBroken):
        forms.read("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(1000)))
    with pytest.raises(FormBroken):
        forms.read(MULTI, multipart(*[('name="a"', b"")] * 1000))


def test_a_value_on_one_line_has_no_hidden_characters() -> None:
    form = forms.SentForm({"a": " x \n y ", "b": "x\u202ey"})
    assert (form.line("a"), form.line("b")) == ("x y", "")


def test_only_our_own_pages_may_send() -> None:
    form = forms.SentForm({"token": "t"})
    forms.check_origin({"host": "127.0.0.1:8001", "origin": "http://127.0.0.1:8001"}, form, "t")
    forms.check_origin({"host": "a", "origin": "null", "sec-fetch-site": "same-origin"}, form, "t")
    for headers, token in (({"host": "a", "origin": "http://b"}, "t"), ({"origin": "null"}, "t"), ({}, "other")):
        with pytest.raises(NotFromHere):
            forms.check_origin(headers, form, token)
