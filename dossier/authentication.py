"""Whether the sender's domain was authenticated: only our own server's word counts (RFC 8601; FAULTS.md 21 and 22)."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Authentication(StrEnum):
    UNKNOWN = "unknown"
    """No server of ours is configured, or it said nothing that decides."""
    PASS = "pass"  # noqa: S105 - the result's name in RFC 8601
    FAIL = "fail"
    """It failed, or passed for another domain than From's."""


@dataclass(frozen=True, slots=True)
class MethodResult:
    """One `method=result property=value …` of an Authentication-Results header."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...]

    def domains(self, name: str) -> tuple[str, ...]:
        values = (value for key, value in self.properties if key == name)
        return tuple(value.rpartition("@")[2].strip(".").casefold() for value in values)


_LIMIT = 8000
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_COMMENT = re.compile(r"\([^()]*\)")
_PAIR = re.compile(r"([a-z0-9_.-]+)\s*(?:/\s*\d+\s*)?=\s*([^\s;]+)")


def _plain(value: str) -> str:
    """Without quotes and comments, which may be nested; a quoted text loses what could pass for syntax."""
    text = _QUOTED.sub(lambda match: re.sub(r"[\s;()=\"]", "", match[1]), value[:_LIMIT])
    previous = ""
    while previous != text:
        previous, text = text, _COMMENT.sub(" ", text)
    return text


def parse(value: str) -> tuple[str, tuple[MethodResult, ...]]:
    """One header's value → (authserv-id in lower case, results); an unreadable part is left out (RFC 8601, 2.2)."""
    head, *parts = _plain(value).casefold().split(";")
    server = (head.split() or [""])[0].rstrip(".")
    results = []
    for part in parts:
        pairs = _PAIR.findall(part)
        if pairs:
            (method, result), *properties = pairs
            results.append(MethodResult(method, result, tuple(properties)))
    return server, tuple(results)


def authentication(headers: Iterable[tuple[str, str]], servers: Collection[str], sender: str | None) -> Authentication:
    """What our own server says of the From address `sender`. No server configured: unknown.

    Of several headers with our server's name the topmost one for a method counts: a server prepends its own, so a
    forged one lies below.
    """
    ours = {server.casefold().rstrip(".") for server in servers}
    domain = (sender or "").rpartition("@")[2].casefold()
    if not ours or not domain:
        return Authentication.UNKNOWN
    found: dict[str, tuple[MethodResult, ...]] = {}
    for name, value in headers:
        if name.casefold() != "authentication-results":
            continue
        server, results = parse(value)
        if server in ours:
            for method in {result.method for result in results}:
                found.setdefault(method, tuple(result for result in results if result.method == method))
    return _decide(found, domain)


def _decide(found: dict[str, tuple[MethodResult, ...]], domain: str) -> Authentication:
    for dmarc in found.get("dmarc", ()):
        if dmarc.result == "pass":
            named = dmarc.domains("header.from")
            return Authentication.PASS if not named or domain in named else Authentication.FAIL
        if dmarc.result == "fail":
            return Authentication.FAIL
    dkim, spf = found.get("dkim", ()), found.get("spf", ())
    if any(_vouches(one, ("header.d", "header.i"), domain) for one in dkim):
        return Authentication.PASS
    if any(_vouches(one, ("smtp.mailfrom",), domain) for one in spf):
        return Authentication.PASS
    decided = any(one.result in ("pass", "fail", "softfail", "policy") for one in (*dkim, *spf))
    return Authentication.FAIL if decided else Authentication.UNKNOWN


def _vouches(result: MethodResult, properties: tuple[str, ...], domain: str) -> bool:
    named = (other for key in properties for other in result.domains(key))
    return result.result == "pass" and any(aligned(other, domain) for other in named)


def aligned(authenticated: str, sender: str) -> bool:
    """Relaxed alignment (RFC 7489, 3.1): the same domain, or one within the other; a top-level domain never counts."""
    if authenticated == sender:
        return True
    shorter, longer = sorted((authenticated, sender), key=len)
    return "." in shorter and longer.endswith("." + shorter)
