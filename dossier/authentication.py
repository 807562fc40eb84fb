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


@dataclass(frozen=True, slots=True)
class Alignment:
    """What our own server says of the From address, and by which check."""

    result: Authentication
    method: str = ""
    """dmarc, dkim or spf; '' where nothing decides."""
    domain: str = ""
    """The domain that the check passed or failed for; '' where it names none."""
    aligned: bool | None = None
    """Whether that is From's domain (RFC 7489, 3.1); None where it names none."""

    def words(self) -> str:
        """For people: "pass (dmarc, dongnai-yte.example, aligned)"."""
        of = {True: "aligned", False: "not aligned", None: ""}[self.aligned]
        told = ", ".join(part for part in (self.method, self.domain, of) if part)
        return f"{self.result.value} ({told})" if told else self.result.value


def authentication(headers: Iterable[tuple[str, str]], servers: Collection[str], sender: str | None) -> Authentication:
    """What our own server says of the From address `sender`. No server configured: unknown."""
    return alignment(headers, servers, sender).result


def alignment(headers: Iterable[tuple[str, str]], servers: Collection[str], sender: str | None) -> Alignment:
    """The same, with what it rests on.

    Of several headers with our server's name the topmost one for a method counts: a server prepends its own, so a
    forged one lies below.
    """
    ours = {server.casefold().rstrip(".") for server in servers}
    domain = (sender or "").rpartition("@")[2].casefold()
    if not ours or not domain:
        return Alignment(Authentication.UNKNOWN)
    found: dict[str, tuple[MethodResult, ...]] = {}
    for name, value in headers:
        if name.casefold() != "authentication-results":
            continue
        server, results = parse(value)
        if server in ours:
            for method in {result.method for result in results}:
                found.setdefault(method, tuple(result for result in results if result.method == method))
    return _decide(found, domain)


_NAMES_DOMAIN = (("dkim", ("header.d", "header.i")), ("spf", ("smtp.mailfrom",)))
_DECIDED = frozenset({"pass", "fail", "softfail", "policy"})


def _decide(found: dict[str, tuple[MethodResult, ...]], domain: str) -> Alignment:
    for dmarc in found.get("dmarc", ()):
        if dmarc.result in ("pass", "fail"):
            named = dmarc.domains("header.from")
            is_ours = not named or domain in named
            passed = dmarc.result == "pass" and is_ours
            return _told(passed, "dmarc", domain if domain in named else "".join(named[:1]), is_ours if named else None)
    checks = [(method, keys, one) for method, keys in _NAMES_DOMAIN for one in found.get(method, ())]
    for method, keys, one in checks:
        if _vouches(one, keys, domain):
            return _told(True, method, next(iter(_named(one, keys)), ""), True)
    for method, keys, one in checks:
        if one.result in _DECIDED:
            other = next(iter(_named(one, keys)), "")
            return _told(False, method, other, aligned(other, domain) if other else None)
    return Alignment(Authentication.UNKNOWN)


def _told(passed: bool, method: str, domain: str, is_aligned: bool | None) -> Alignment:
    return Alignment(Authentication.PASS if passed else Authentication.FAIL, method, domain, is_aligned)


def _named(result: MethodResult, properties: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(other for key in properties for other in result.domains(key))


def _vouches(result: MethodResult, properties: tuple[str, ...], domain: str) -> bool:
    return result.result == "pass" and any(aligned(other, domain) for other in _named(result, properties))


def aligned(authenticated: str, sender: str) -> bool:
    """Relaxed alignment (RFC 7489, 3.1): the same domain, or one within the other; a top-level domain never counts."""
    if authenticated == sender:
        return True
    shorter, longer = sorted((authenticated, sender), key=len)
    return "." in shorter and longer.endswith("." + shorter)
