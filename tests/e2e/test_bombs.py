"""A message full of bombs, and a good one behind it, through the whole service (P4, P10)."""

import time
from datetime import timedelta

import pytest
from support.bombs import BOMBS
from support.dossier_mail import IN_TIME, mail, union
from support.hostile import endless_pdf
from support.service import Site

pytestmark = pytest.mark.dovecot
_SEVEN = (
    "31 lying zip",
    "32 billion laughs",
    "33 docx",
    "34 pdf",
    "35 a length that is its own",
    "36 png",
    "37 last cell",
)


def _seconds_to_the_letter_behind(site: Site, bombs: dict[str, bytes], patience: float) -> float:
    """From the delivery of both messages to the letter that answers the good one; the first one is the bad one."""
    site.once()
    site.deliver(mail("BVDN", bombs), IN_TIME)
    site.deliver(mail("BVTN"), IN_TIME + timedelta(minutes=1))
    began = time.monotonic()
    running = site.start("run")
    try:
        while not any(letter["To"] == union("BVTN").addresses[0] for letter in site.delivered()):
            assert time.monotonic() - began < patience
            time.sleep(0.05)
        seconds = time.monotonic() - began
    finally:
        running.terminate()
        running.wait()
    return seconds


def test_faults_31_to_37_in_one_message_go_to_a_person_and_the_next_is_answered(site: Site) -> None:
    bombs = {f"{number}-{name}": content for number, (name, content) in enumerate(BOMBS[one]() for one in _SEVEN)}
    assert _seconds_to_the_letter_behind(site, bombs, 180) < 180
    (revision,) = site.revisions("BVDN")
    codes = [finding.code for finding in revision.assessment.findings]
    assert codes.count("not-read") == 7
    assert revision.assessment.verdict.value == "review"
    site.assert_sound()


@pytest.mark.torture
def test_seven_files_that_never_end_keep_the_next_message_a_minute_at_most(site: Site) -> None:
    worst = endless_pdf(40)
    assert _seconds_to_the_letter_behind(site, {f"{n}.pdf": worst for n in range(7)}, 90) < 62
    site.assert_sound()
