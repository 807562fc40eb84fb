"""Links to cloud drives in a text: a dossier that was linked and not attached."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

MAX_LINKS = 20
MAX_LINK = 500

_DRIVES = (
    "drive.google.com",
    "docs.google.com",
    "drive.usercontent.google.com",
    "photos.google.com",
    "photos.app.goo.gl",
    "onedrive.live.com",
    "1drv.ms",
    "sharepoint.com",
    "onedrive.com",
    "dropbox.com",
    "dropboxusercontent.com",
    "db.tt",
    "box.com",
    "app.box.com",
    "mega.nz",
    "mega.co.nz",
    "mega.io",
    "wetransfer.com",
    "we.tl",
    "icloud.com",
    "mediafire.com",
    "fshare.vn",
    "terabox.com",
    "1024terabox.com",
    "4shared.com",
    "pcloud.com",
    "pcloud.link",
    "sync.com",
    "disk.yandex.com",
    "disk.yandex.ru",
    "yadi.sk",
    "pan.baidu.com",
    "transfernow.net",
    "sendspace.com",
    "swisstransfer.com",
    "filemail.com",
    "workdrive.zoho.com",
    "zdn.vn",
    "dlfl.vn",
)
"""Hosts, with all their subdomains; the last two carry the files of Zalo."""
_DRIVE_LABELS = frozenset({"drive", "onedrive", "mydrive", "cloud", "nextcloud", "owncloud", "qnap", "files"})
"""First label of an office's own drive: drive.so.example, cloud.benhvien.example."""
_NO_FILE = re.compile(r"/(?:forms|accounts?|about|intl|pricing|help|support|signup|login|legal|terms|privacy)(?:/|$)")
_BARE_HOSTS = "|".join(re.escape(host) for host in _DRIVES)
_LINK = re.compile(
    rf"https?://[^\s<>\"'“”‘’]+|(?<![\w@./-])(?:[\w-]+\.)*(?:{_BARE_HOSTS})/[^\s<>\"'“”‘’]+", re.IGNORECASE
)
_WRAPPERS = {"www.google.com": "q", "safelinks.protection.outlook.com": "url", "l.facebook.com": "u", "l.zalo.me": "u"}
"""Hosts that lead on to another address, and the parameter that holds it."""


def drive_links(text: str) -> tuple[str, ...]:
    """The links to cloud drives in the text, in order, each once, at most MAX_LINKS."""
    found: dict[str, None] = {}
    for match in _LINK.finditer(text):
        link = _unwrapped(_trimmed(match.group()))
        if is_drive_link(link):
            found[link[:MAX_LINK]] = None
            if len(found) == MAX_LINKS:
                break
    return tuple(found)


def is_drive_link(link: str) -> bool:
    """Whether a link leads to a file or folder of a cloud drive; its front page is none."""
    parts = _split(_unwrapped(link))
    if parts is None or len(parts[1].strip("/")) < 2 or _NO_FILE.match(_without_locale(parts[1])):
        return False
    host, path = parts
    if any(host == drive or host.endswith(f".{drive}") for drive in _DRIVES):
        return True
    return host.partition(".")[0] in _DRIVE_LABELS or (path.startswith(("/index.php/s/", "/s/")) and "cloud" in host)


def _split(link: str) -> tuple[str, str] | None:
    """(host, path with query); None for what is no address of the web."""
    if "://" not in link:
        link = f"https://{link}"
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    return (host, f"{parts.path}?{parts.query}") if parts.scheme in ("http", "https") and "." in host else None


def _unwrapped(link: str) -> str:
    parts = _split(link)
    if parts is None:
        return link
    host, path = parts
    for wrapper, parameter in _WRAPPERS.items():
        if host == wrapper or host.endswith(f".{wrapper}"):
            inner = parse_qs(path.partition("?")[2], max_num_fields=50).get(parameter) if path.count("&") < 50 else None
            if inner and inner[0].startswith(("http://", "https://")):
                return inner[0]
    return link


def _without_locale(path: str) -> str:
    """Google puts the account before the path: /a/domain/…, /u/0/…"""
    return re.sub(r"^/(?:a/[^/]+/|u/\d+/)", "/", unquote(path))


def _trimmed(link: str) -> str:
    link = link.rstrip(".,;:!?*_…>]}")
    while link.endswith(")") and link.count(")") > link.count("("):
        link = link[:-1].rstrip(".,;:")
    return link
