"""What a mail server answers when a mailbox does not exist (RFC 3464), for the demo to send one."""

from datetime import datetime
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import format_datetime, make_msgid

_TEXT = """Thư của bạn không gửi được đến người nhận sau:

    {recipient}

Hộp thư không tồn tại. (550 5.1.1 mailbox unavailable)
"""


def bounce(content: bytes, sender: str, recipient: str, host: str, now: datetime) -> bytes:
    """The report on a message that `sender` (its envelope sender) sent to `recipient`, with CRLF line ends."""
    report = MIMEMultipart("report", policy=compat32.clone(linesep="\r\n"))
    report.set_param("report-type", "delivery-status")
    for name, value in (
        ("From", f"Mail Delivery System <MAILER-DAEMON@{host}>"),
        ("To", sender),
        ("Subject", "Undelivered Mail Returned to Sender"),
        ("Date", format_datetime(now)),
        ("Message-ID", make_msgid(domain=host)),
        ("Auto-Submitted", "auto-replied"),
    ):
        report[name] = value
    report.attach(MIMEText(_TEXT.format(recipient=recipient), "plain", "utf-8"))
    report.attach(_status(recipient, host))
    headers = MIMENonMultipart("text", "rfc822-headers")
    original = BytesHeaderParser(policy=compat32).parsebytes(content)
    headers.set_payload("".join(f"{name}: {value}\n" for name, value in original.items()))
    report.attach(headers)
    return report.as_bytes()


def _status(recipient: str, host: str) -> Message:
    server, failed, status = Message(), Message(), Message()
    server["Reporting-MTA"] = f"dns; {host}"
    failed["Final-Recipient"] = f"rfc822; {recipient}"
    failed["Action"] = "failed"
    failed["Status"] = "5.1.1"
    failed["Diagnostic-Code"] = "smtp; 550 5.1.1 mailbox unavailable"
    status["Content-Type"] = "message/delivery-status"
    status.set_payload([server, failed])  # groups of fields (RFC 3464, 2.1): the library writes a list as such
    return status
