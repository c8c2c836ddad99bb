"""Numbered sources, and which addresses may become links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.note.citations import Citations, is_link


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://www.nmpa.gov.cn/a?b=1#c", True),
        ("http://example.org", True),
        ("HTTPS://EXAMPLE.ORG/x", True),
        ("javascript:alert(1)", False),
        ("javascript://example.org/%0aalert(1)", False),
        ("ftp://example.org/x", False),
        ("data:text/html,x", False),
        ("//example.org/x", False),
        ("https:///x", False),
        ("https://[x", False),
        ("https://example.org/\u202egnp", False),
        ("https://example.org/a b", False),
        ("column.md", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(address: str, link: bool) -> None:
    assert is_link(address) is link


@given(st.text())
def test_any_text_is_judged_without_an_error(address: str) -> None:
    assert not is_link(address) or address.lower().startswith(("http://", "https://"))


def test_one_number_per_address_in_order_of_first_use() -> None:
    citations = Citations()
    assert citations.cite("https://a.example") == (1,)
    assert citations.cite(["https://b.example | https://a.example", "https://c.example ; https://d.example"]) == (
        2,
        1,
        3,
        4,
    )
    assert citations.cite("") == ()
    assert [source.address[8] for source in citations.sources] == ["a", "b", "c", "d"]
