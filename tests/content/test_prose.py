"""Markdown that a person typed, as HTML that can be shown."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from content.prose import ALLOWED_TAGS, render_inline_code, render_markdown

pytestmark = pytest.mark.once

REL = {"nofollow", "ugc", "noopener"}


class Seen(HTMLParser):
    """The tags of a text as a browser would read it, with their attributes, and what it shows."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.others: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)


def assert_harmless(html: str) -> None:
    """Allowed tags alone, and no attribute but the address and title of a link, which leads to the web or to mail."""
    seen = Seen(html)
    assert seen.others == []
    for tag, attributes in seen.tags:
        assert tag in ALLOWED_TAGS
        if tag != "a":
            assert attributes == {}
            continue
        assert set(attributes) <= {"href", "rel", "title"}
        assert set((attributes["rel"] or "").split()) == REL
        href = (attributes.get("href") or "").strip().lower()
        scheme = href.split(":")[0] if ":" in href.split("/")[0].split("?")[0].split("#")[0] else ""
        assert scheme in {"", "http", "https", "mailto"}


# What may be in a text


def test_korean_particles_do_not_undo_bold() -> None:
    assert render_markdown("**굵게(bold)**은 이래요") == "<p><strong>굵게(bold)</strong>은 이래요</p>\n"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**밑바닥부터(from scratch)**를 써요", "<strong>밑바닥부터(from scratch)</strong>를 써요"),
        ("그는 **'왜?'**라고 물었어요", "그는 <strong>'왜?'</strong>라고 물었어요"),
        ("이것은*(기울임)*이에요", "이것은<em>(기울임)</em>이에요"),
        ("**굵게** 그리고 *기울임*", "<strong>굵게</strong> 그리고 <em>기울임</em>"),
        ("**a** and *b* and ***c***", "<strong>a</strong> and <em>b</em> and <em><strong>c</strong></em>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("2*3*4는 24", "2<em>3</em>4는 24"),
        ("snake_case_name", "snake_case_name"),
        ("~~old~~", "<s>old</s>"),
        ("`x < y`", "<code>x &lt; y</code>"),
    ],
)
def test_emphasis_is_what_it_looks_like(text: str, html: str) -> None:
    assert render_markdown(text) == f"<p>{html}</p>\n"


@pytest.mark.parametrize(
    ("text", "tag"),
    [("# One", "h3"), ("## Two", "h4"), ("### Three", "h5"), ("#### Four", "h6"), ("###### Six", "h6"), ("A\n=", "h3")],
)
def test_headings_stand_below_those_of_the_page(text: str, tag: str) -> None:
    html = render_markdown(text)
    assert html.startswith(f"<{tag}>")
    assert html.rstrip().endswith(f"</{tag}>")


def test_lists_quotes_code_and_tables_are_kept() -> None:
    html = render_markdown("- a\n- b\n\n1. c\n\n> d\n\n```\ne\n```\n\n| f | g |\n|---|---|\n| h | i |\n")
    tags = {tag for tag, _ in Seen(html).tags}
    assert tags == {"ul", "ol", "li", "blockquote", "p", "pre", "code", "table", "thead", "tbody", "tr", "th", "td"}
    assert_harmless(html)


@pytest.mark.parametrize(
    "text", ["[paper](https://a.example/b?c=1&d=2)", "<https://a.example>", "[m](mailto:a@a.example)"]
)
def test_links_vouch_for_nothing_and_open_nothing(text: str) -> None:
    html = render_markdown(text)
    assert [tag for tag, _ in Seen(html).tags] == ["p", "a"]
    assert 'rel="nofollow ugc noopener"' in html
    assert_harmless(html)


# What may not


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=https://a.example/x.js></SCRIPT>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<style>body{display:none}</style>",
        "<p style='position:fixed'>x</p>",
        "<iframe src='https://a.example'></iframe>",
        "<a href='javascript:alert(1)' onclick='alert(1)'>x</a>",
        "<!-- a comment --><![CDATA[x]]><?php x ?>",
        "```<script>\nalert(1)\n```",
        "[x](https://a.example '\"><script>alert(1)</script>')",
        "<form action='https://a.example'><input name=x></form>",
    ],
)
def test_raw_html_is_text(text: str) -> None:
    html = render_markdown(f"Before\n\n{text}\n\nAfter")
    assert_harmless(html)
    assert {tag for tag, _ in Seen(html).tags} <= {"p", "a", "pre", "code"}
    assert "Before" in html
    assert "After" in html


@pytest.mark.parametrize(
    "text", ["![a picture](https://a.example/pixel.gif)", "![x][1]\n\n[1]: https://a.example/p.png"]
)
def test_images_are_gone(text: str) -> None:
    assert Seen(render_markdown(text)).tags == [("p", {})]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "javascript&colon;alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "data:image/png;base64,AAAA",
        "vbscript:x",
        "file:///etc/passwd",
        "tel:123",
    ],
)
def test_only_addresses_of_the_web_and_of_mail_are_links(address: str) -> None:
    for text in (f"[x]({address})", f"[x](<{address}>)", f"<{address}>", f"[x]\n\n[x]: {address}"):
        html = render_markdown(text)
        assert_harmless(html)
        assert all("href" not in attributes or attributes["href"] == "" for _, attributes in Seen(html).tags), html


MARKS = [
    "<script>", "</script>", "<img src=x onerror=alert(1)>", " onclick=\"x\"", "javascript:", "data:text/html,",
    "[", "]", "(", ")", "!", "<", ">", "\"", "'", "`", "```\n", "**", "*", "_", "~~", "#", "> ", "- ", "1. ", "|",
    "|-|-|\n", "\n", "\n\n", "    ", "\t", "&#106;", "&lt;", "&", "\\", "https://a.example", "<https://a.example>",
    "[x]: ", "은", "(bold)", "\u200b", "\u2028", "\x00", "\x1b", "<!--", "-->", "<![CDATA[", "<?", "<a href=",
    "<svg/onload=",
]  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.sampled_from(MARKS), max_size=40).map("".join)))
@example("[x](https://a.example \"' onclick='alert(1)\")")
@example('<https://a.example/"onmouseover=alert(1)>')
def test_whatever_is_typed_what_comes_out_is_harmless(text: str) -> None:
    html = render_markdown(text)
    assert "<script" not in html.lower()
    assert_harmless(html)
    assert_harmless(render_inline_code(text))
    assert html.encode().decode() == html


@pytest.mark.parametrize(
    "text",
    [
        *(mark * 100_000 for mark in ("[", "]", "(", "> ", "- ", "*", "`", "<", "~", "'", '"')),
        *(marks * 30_000 for marks in ("![", "[](", "**굵게(", "_a ")),
    ],
    ids=lambda text: f"{text[:4]!r}…",
)
def test_what_is_nested_without_end_comes_out_whole_and_harmless(text: str) -> None:
    html = render_markdown(f"Before\n\n{text}\n\nAfter")
    assert_harmless(html)
    assert html.startswith("<p>Before</p>")
    assert "After" in html
    assert html.encode().decode() == html


# Short texts


def test_code_in_a_short_text_is_marked_and_all_else_is_text() -> None:
    assert render_inline_code("Run `a < b` & <b>see</b>") == "Run <code>a &lt; b</code> &amp; &lt;b&gt;see&lt;/b&gt;"
    assert render_inline_code("one ` alone") == "one ` alone"
