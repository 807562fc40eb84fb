"""Raw messages for the parsers, written as bytes: what the library that reads them would not write itself."""

import base64
from collections.abc import Iterable

HEAD = (
    b"Return-Path: <cdcs.thu@donvi.example>\r\n"
    b"Received: from mx.donvi.example (mx.donvi.example [203.0.113.9])\r\n"
    b"\tby mail.cdyte.example with ESMTPS id 1; Fri, 16 Apr 2021 09:12:05 +0700\r\n"
    b"From: cdcs.thu@donvi.example\r\nTo: sangkien@cdyte.example\r\nMessage-ID: <thu-1@donvi.example>\r\n"
    b"Date: Fri, 16 Apr 2021 09:12:01 +0700\r\nMIME-Version: 1.0\r\n"
)


def plain(text: str, head: bytes = HEAD) -> bytes:
    """A message of one plain text."""
    return head + b'Content-Type: text/plain; charset="utf-8"\r\n\r\n' + text.replace("\n", "\r\n").encode()


def part(headers: bytes, content: bytes) -> bytes:
    """One part of a multipart; `headers` in lines without the last line end."""
    return headers + b"\r\n\r\n" + content


def text_part(text: str, subtype: str = "plain") -> bytes:
    return part(f'Content-Type: text/{subtype}; charset="utf-8"'.encode(), text.encode())


def file_part(name: bytes, content: bytes, further: bytes = b"") -> bytes:
    """An attachment as it is; `name` stands between the quotes as given."""
    headers = b'Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="' + name + b'"'
    return part(headers + further + b"\r\nContent-Transfer-Encoding: base64", _base64(content))


def multipart(parts: Iterable[bytes], subtype: bytes = b"mixed", head: bytes = HEAD, boundary: bytes = b"=b1") -> bytes:
    """A multipart message, or with head=b"" a multipart to put into another."""
    opening = head + b"Content-Type: multipart/" + subtype + b'; boundary="' + boundary + b'"\r\n\r\n'
    body = b"".join(b"--" + boundary + b"\r\n" + held + b"\r\n" for held in parts)
    return opening + body + b"--" + boundary + b"--\r\n"


def with_files(*files: tuple[str, bytes], text: str = "Em gửi ạ", head: bytes = HEAD) -> bytes:
    """An ordinary dossier message: a text and its files."""
    return multipart((text_part(text), *(file_part(name.encode(), content) for name, content in files)), head=head)


def _base64(content: bytes) -> bytes:
    return base64.encodebytes(content).replace(b"\n", b"\r\n").rstrip()
