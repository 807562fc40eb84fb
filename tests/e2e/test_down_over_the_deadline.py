"""FAULTS.md 17: the service was down over the deadline; what the mail server received decides, not the poll."""

import shutil
import time
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path

import pytest
import yaml
from support.dossier_mail import VIETNAM, mail, memo
from support.service import Site, text_of

from dossier.model import Verdict

pytestmark = pytest.mark.dovecot

SECOND = timedelta(seconds=1)


def with_deadline(site: Site, deadline: datetime) -> None:
    """The example campaign, open today, until then."""
    folder = site.folder / "campaign"
    if not folder.exists():
        shutil.copytree(Path(str(resources.files("hoso"))) / "examples" / "plan_39_cdn", folder)
    path = folder / "campaign.yaml"
    lines = path.read_text("utf-8").splitlines()
    told = {"deadline:": f"deadline: {deadline.isoformat()}"}
    path.write_text("\n".join(told.get(line.partition(" ")[0], line) for line in lines), "utf-8")
    settings = site.folder / "settings.yaml"
    written = yaml.safe_load(settings.read_text("utf-8")) | {"campaigns": ["campaign/campaign.yaml"]}
    settings.write_text(yaml.safe_dump(written, allow_unicode=True), "utf-8")


def arrives(site: Site, code: str, attached: dict[str, bytes] | None = None, name: str = "thu-1") -> datetime:
    """Now, by the mail server's own clock; returns its INTERNALDATE."""
    now = datetime.now(VIETNAM)
    with site.server.client(site.user) as client:
        client.append("INBOX", mail(code, attached, now, name=name))
        client.select_folder("INBOX", readonly=True)
        newest = max(client.search())
        stamp = client.fetch([newest], ["INTERNALDATE"])[newest][b"INTERNALDATE"]
    assert isinstance(stamp, datetime)
    return stamp.astimezone(UTC)


def test_fault_17_down_over_the_deadline_it_judges_by_the_servers_receipt_and_not_by_the_poll(site: Site) -> None:
    """A real deadline, passed by the real clocks of this machine and of the mail server, while nothing runs."""
    with_deadline(site, (datetime.now(VIETNAM) + timedelta(days=1)).replace(microsecond=0))
    site.once()  # it was up before, and the mailbox was empty
    begun = arrives(site, "BVLK", {"To trinh.docx": memo("BVLK")})
    in_time = arrives(site, "BVDN")
    deadline = in_time.astimezone(VIETNAM) + 2 * SECOND
    with_deadline(site, deadline)
    time.sleep(max(0.0, (deadline + 2 * SECOND - datetime.now(UTC)).total_seconds()))
    late = arrives(site, "BVTN")
    arrives(site, "BVLK", name="thu-2")
    assert begun <= in_time < deadline < late
    site.once()
    assert site.outcomes() == ["joined"] * 4, [(e.outcome, e.detail, e.error) for e in site.entries()]
    judged = {code: site.revisions(code)[-1] for code in ("BVDN", "BVTN", "BVLK")}
    assert {code: one.assessment.verdict for code, one in judged.items()} == {
        "BVDN": Verdict.ACCEPTED,
        "BVTN": Verdict.LATE,
        "BVLK": Verdict.LATE,
    }
    assert [judged[code].assessment.received_at for code in ("BVDN", "BVTN")] == [in_time, late]
    assert all(one.recorded_at > deadline for one in judged.values()), "all of them were polled after it"
    (begun_and_late,) = [one for one in judged["BVLK"].assessment.findings if one.code == "late"]
    assert begun_and_late.values["begun_at"] == begun.isoformat()
    told = {str(letter["To"]): text_of(letter) for letter in site.delivered()}
    assert "đúng hạn" in next(text for to, text in told.items() if "bvdn" in to)
    assert "nộp quá hạn" in next(text for to, text in told.items() if "bvtn" in to)
    site.assert_sound()
