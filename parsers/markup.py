"""HTML of a mail → plain text as a reader sees it: quotations get "> ", links keep their target where it matters."""

import re
from collections.abc import Callable, Iterator

from lxml import etree, html

MAX_HTML = 2_000_000
"""Bytes of HTML that are looked at."""

_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "object", "svg", "math", "select"})
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_CELLS = frozenset({"td", "th"})
_INDENT_ONLY = re.compile(r"border\s*:\s*(?:none|0|medium none)")
_CID = re.compile(r"""cid:([^"'\s<>)]+)""", re.IGNORECASE)


def content_ids(source: str) -> frozenset[str]:
    """The Content-IDs (RFC 2392) that the HTML shows, without angle brackets, percent-encoding left as it is."""
    return frozenset(_CID.findall(source[:MAX_HTML]))


def to_text(source: str, keep_target: Callable[[str], bool]) -> str:
    """Lines of text; a link's target stands behind it in angle brackets where `keep_target` says so.

    What stands in a quotation (blockquote, but not one that only indents) begins with "> " on every line.
    """
    data = source[:MAX_HTML].encode("utf-8", "replace").replace(b"\0", b"")
    if not data.strip():
        return ""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:  # nothing in it but comments
        return ""
    return "" if root is None else _lines("".join(_pieces(root, keep_target)))


_QUOTE_ON, _QUOTE_OFF = "\ue000", "\ue001"
"""Private-use marks between _pieces and _lines; the same characters in the mail itself are dropped."""


def _pieces(root: "etree._Element", keep_target: Callable[[str], bool]) -> Iterator[str]:
    silent = preformatted = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            silent += tag in _SILENT
            preformatted += tag == "pre"
            if not silent:
                yield _before(element, tag) + _inline(element.text, as_is=preformatted > 0)
        else:
            if not silent:
                yield _after(element, tag, keep_target)
            silent -= tag in _SILENT
            preformatted -= tag == "pre"
            if not silent:
                yield _inline(element.tail, as_is=preformatted > 0)


def _before(element: "etree._Element", tag: str) -> str:
    if tag == "br":
        return "\n"
    if tag in _CELLS:
        return " "
    if tag == "blockquote" and _is_quotation(element):
        return f"\n{_QUOTE_ON}"
    return "\n" if tag in _BLOCKS else ""


def _after(element: "etree._Element", tag: str, keep_target: Callable[[str], bool]) -> str:
    if tag == "a":
        target = element.get("href", "").strip()
        shown = "".join(map(str, element.itertext())) if len(element) < 100 else ""
        return f" <{target}> " if target and target not in shown and keep_target(target) else ""
    if tag == "blockquote" and _is_quotation(element):
        return f"\n{_QUOTE_OFF}"
    return "\n" if tag in _BLOCKS else ""


def _is_quotation(element: "etree._Element") -> bool:
    """Webmail indents one's own text with a blockquote without border (Gmail: `margin:0 0 0 40px;border:none`)."""
    if element.get("type", "").lower() == "cite" or element.get("cite") or element.get("class"):
        return True
    return not _INDENT_ONLY.search(element.get("style", "").lower())


def _inline(text: str | bytes | None, *, as_is: bool) -> str:
    if not isinstance(text, str):
        return ""
    text = text.replace(_QUOTE_ON, "").replace(_QUOTE_OFF, "")
    return text if as_is else re.sub(r"\s+", " ", text)


def _lines(text: str) -> str:
    depth = 0
    lines: list[str] = []
    for line in text.split("\n"):
        depth += line.count(_QUOTE_ON) - line.count(_QUOTE_OFF)
        words = " ".join(line.replace(_QUOTE_ON, "").replace(_QUOTE_OFF, "").split())
        if words or (lines and lines[-1]):
            lines.append("> " * min(max(depth, 0), 5) + words if words else "")
    return "\n".join(lines).strip("\n")
