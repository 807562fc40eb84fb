"""The two yardsticks of the bench, measured in the same run as Hoso.

`floor` is the least that any intake must do on one core; `script` is what a user would write in an afternoon.
"""

import hashlib
import io
import sqlite3
import zipfile
from email import message_from_bytes
from pathlib import Path

import docx
import imap_tools
import imapclient
import openpyxl
import pdfplumber
from lxml import etree

BATCH = 50


def _database(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE dossiers (uid INTEGER PRIMARY KEY, sha256 TEXT, text TEXT)")
    return database


def floor(host: str, port: int, user: str, password: str, database_path: Path) -> int:
    """Fetch, hash, inflate and parse the XML once, one durable insert each; returns how many."""
    database, count = _database(database_path), 0
    with imapclient.IMAPClient(host, port, ssl=False) as client:
        client.login(user, password)
        client.select_folder("INBOX", readonly=True)
        uids = client.search("ALL")
        for start in range(0, len(uids), BATCH):
            for uid, data in client.fetch(uids[start : start + BATCH], ["BODY.PEEK[]"]).items():
                raw = data[b"BODY[]"]
                for part in message_from_bytes(raw).walk():
                    content = part.get_payload(decode=True) if part.get_filename() else None
                    if isinstance(content, bytes) and content.startswith(b"PK"):
                        _parse_package(content)
                database.execute("INSERT INTO dossiers VALUES (?, ?, '')", (uid, hashlib.sha256(raw).hexdigest()))
                count += 1
    database.close()
    return count


def _parse_package(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name in {"word/document.xml", "xl/sharedStrings.xml"} or name.startswith("xl/worksheets/"):
                etree.fromstring(package.read(name))


def script(host: str, port: int, user: str, password: str, database_path: Path) -> int:
    """imap_tools, python-docx, pdfplumber, openpyxl, one insert each; returns how many."""
    database, count = _database(database_path), 0
    with imap_tools.MailBoxUnencrypted(host, port).login(user, password) as mailbox:
        for message in mailbox.fetch(mark_seen=False):
            texts = [_text_of(attachment.filename, attachment.payload) for attachment in message.attachments]
            row = (int(message.uid or 0), hashlib.sha256(message.obj.as_bytes()).hexdigest(), "\n".join(texts))
            database.execute("INSERT INTO dossiers VALUES (?, ?, ?)", row)
            count += 1
    database.close()
    return count


def _text_of(name: str, content: bytes) -> str:
    if name.endswith(".docx"):
        document = docx.Document(io.BytesIO(content))
        lines = [paragraph.text for paragraph in document.paragraphs]
        lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join(lines)
    if name.endswith(".xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(content))
        return "\n".join(str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)
    if name.endswith(".pdf"):
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            return "\n".join((page.extract_text() or "") + str(page.extract_tables()) for page in pdf.pages)
    return ""
