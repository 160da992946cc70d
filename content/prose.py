"""Markdown to HTML that can be shown: for the catalogue's texts and for a person's notes alike."""

from __future__ import annotations

import re
import unicodedata
from html import escape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

ALLOWED_TAGS = {
    "p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote",
    "ul", "ol", "li", "h3", "h4", "h5", "h6", "a", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
MAX_NESTING = 20
HEADINGS_BELOW = 2  # A text stands below the h2 of its page: its own `#` becomes h3.


def _emphasis(state: StateInline, silent: bool) -> bool:
    """CommonMark's emphasis, but a particle right after a closing `**` does not undo it.

    `**굵게(bold)**은` stays literal in plain CommonMark: the mark follows punctuation and stands before a letter.
    Korean writes particles without a space, so a mark between punctuation and a CJK letter may open and close.
    """
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    before = state.src[state.pos - 1] if state.pos else " "
    end = state.pos + scanned.length
    after = state.src[end] if end < state.posMax else " "
    can_open, can_close = scanned.can_open, scanned.can_close
    if marker == "*" and not before.isspace() and not after.isspace():
        can_close = can_close or _is_wide_letter(after)
        can_open = can_open or _is_wide_letter(before)
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=can_open,
                close=can_close,
            )
        )
    state.pos = end
    return True


def _is_wide_letter(character: str) -> bool:
    return unicodedata.category(character) == "Lo" and unicodedata.east_asian_width(character) == "W"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    parser.inline.ruler.at("emphasis", _emphasis)
    return parser


_MARKDOWN = _parser()


_CODE = re.compile(r"`([^`]+)`")


def render_inline_code(text: str) -> SafeString:
    """A short text, escaped; what stands between backticks is code."""
    escaped = escape(text)  # Not Django's: a page has hundreds, and its own looks whether each is a promise.
    return mark_safe(_CODE.sub(r"<code>\1</code>", escaped) if "`" in text else escaped)


def render_markdown(text: str) -> SafeString:
    """`text` as HTML without scripts, styles, images or raw HTML; links carry `nofollow ugc noopener`."""
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + HEADINGS_BELOW)}"
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    clean = nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow ugc noopener",
    )
    return mark_safe(clean)
