from __future__ import annotations

import pytest

from termcheck.literal.items import Item
from termcheck.literal.links import LONGEST, email_items, is_localised, link_items, link_key
from termcheck.model import Protected, ProtectedKind, Span

PLACE = Span(0, 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/docs/start", "/pl/docs/start/"),
        ("docs/start.md", "../../pl/docs/start.mdx#krok"),
        ("/docs/index.html", "/docs/"),
        ("/docs/start.md", "/docs/start.pl.md"),
        ("https://example.org/a", "http://www.example.org/pt-br/a/"),
        ("https://en.wikipedia.org/wiki/Bridge", "https://pl.wikipedia.org/wiki/Most"),
        ("https://example.org/?hl=en", "https://example.org/?hl=pl"),
        ("https://example.org/a", "https://web.archive.org/web/20200101000000/https://example.org/a"),
        ("#one", "#jeden"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://semver.example/", "https://semver.example/lang/zh-CN/"),
        ("/img/menu.png", "/img/menu-pl.png"),
    ],
)
def test_the_same_target(one: str, other: str) -> None:
    assert link_key(one) == link_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/docs/start", "/docs/stop"),
        ("https://example.org/a", "https://example.com/a"),
        ("https://example.org/?page=1", "https://example.org/?page=2"),
        ("https://docs.example.org/a", "https://help.example.org/a"),
        ("/go/a", "/a"),
        ("tel:1", "tel:2"),
        ("http://[bad", "http://[worse"),
        ("/" + "a" * LONGEST, "/pl/" + "a" * LONGEST),
    ],
)
def test_another_target(one: str, other: str) -> None:
    assert link_key(one) != link_key(other)


def test_links_of_tags_and_images() -> None:
    parts = [
        Protected(ProtectedKind.HTML, PLACE, '<a class="x" href="/a">'),
        Protected(ProtectedKind.HTML, PLACE, "<Link to='/b'>"),
        Protected(ProtectedKind.IMAGE, PLACE, "c.png"),
        Protected(ProtectedKind.LINK, PLACE, "mailto:a@example.org"),
        Protected(ProtectedKind.CODE, PLACE, "/d"),
    ]
    assert [item.text for item in link_items(parts)] == ["/a", "/b", "c.png"]
    assert [item.key for item in email_items("Write to B@example.org.", parts)] == ["b@example.org", "a@example.org"]


def link(target: str) -> Item:
    return Item(link_key(target), target, PLACE)


def test_pages_of_a_site_in_another_language() -> None:
    english = link("https://example.org/en/attributes")
    assert is_localised(link("https://example.org/es/atributos"), english)
    assert not is_localised(link("https://example.org/en/atributos"), english)
    assert not is_localised(link("https://example.com/es/atributos"), english)
    assert not is_localised(link("http://[bad"), english)
    assert is_localised(link("https://cn.vite.example/guide"), link("https://vite.example/guide/"))
    assert is_localised(link("https://zh-hans.vite.example/a"), link("https://vite.example/b"))
    assert not is_localised(link("https://cn.other.example/guide"), link("https://vite.example/guide"))


@pytest.mark.parametrize(
    ("added", "localised"),
    [
        ("https://www.rfc-es.org/rfc/rfc2119-es.txt", True),
        ("http://microformats.org/wiki/rfc-2119-fr", True),
        ("https://example.org/deed.es?x=1#y", True),
        ("https://example.org/my-app", False),
        ("https://example.org/rfc2119", False),
    ],
)
def test_a_page_that_is_named_for_a_language(added: str, localised: bool) -> None:
    assert is_localised(link(added), link("https://tools.ietf.org/html/rfc2119")) is localised
    assert not is_localised(link(added), link(added))
