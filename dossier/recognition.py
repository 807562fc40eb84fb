"""Which campaign a message is for, and whether it is dossier-like at all."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from dossier.campaign import Campaign
from dossier.folding import fold
from dossier.model import Document, Kind, Submission
from dossier.selection import attachments, initiatives

_DOSSIER = "ho so"
LONG_PAST = timedelta(days=60)
"""After its deadline a campaign is over for mail that does not name it: no extension was ever as long."""


def candidates(
    submission: Submission, campaigns: Iterable[Campaign], at: datetime | None = None
) -> tuple[Campaign, ...]:
    """The campaigns that could be meant, in the order given: one, or it is unclear.

    The address written to narrows first, then the words, then the rosters that know the sender; what narrows to nothing
    is passed over, so that a dossier sent with an empty subject to the one campaign there is finds it. One whose
    deadline was long past `at` the time of receipt is meant only by its own address or words, while another one runs.
    """
    meant = tuple(campaigns)
    to = {recipient.casefold() for recipient in submission.recipients}
    by_address = tuple(one for one in meant if to & {own.casefold() for own in one.recognition.recipients})
    meant = by_address or meant
    said = _words(submission)
    by_words = tuple(one for one in meant if any(fold(phrase) in said for phrase in one.recognition.phrases))
    meant = by_words or _not_over(meant, at)
    by_sender = tuple(one for one in meant if is_known(one, submission.sender.address)) if len(meant) > 1 else ()
    return by_sender or meant


def _not_over(campaigns: tuple[Campaign, ...], at: datetime | None) -> tuple[Campaign, ...]:
    """Without those that were long past, where another one was running. An address of two campaigns marks neither."""
    if at is None or len(campaigns) < 2:
        return campaigns
    running = any(one.opens_at <= at <= one.deadline + LONG_PAST for one in campaigns)
    return tuple(one for one in campaigns if at <= one.deadline + LONG_PAST) if running else campaigns


def is_known(campaign: Campaign, address: str | None) -> bool:
    """Whether the address is of a union of the campaign's roster."""
    return address is not None and any(
        address == own.casefold() for union in campaign.roster.unions for own in union.addresses
    )


def _words(submission: Submission) -> str:
    memos = (document.memo for document in submission.documents if document.memo is not None)
    subjects = (memo.subject or "" for memo in memos)
    return fold("\n".join((submission.subject, submission.own_words, *subjects)))


def speaks_of_dossier(submission: Submission, campaign: Campaign) -> bool:
    """Whether subject, own words or names of files speak of what this campaign asks for."""
    said = "\n".join((_words(submission), *(fold(document.file) for document in submission.documents)))
    asked = [_DOSSIER, *(fold(phrase) for phrase in campaign.recognition.phrases)]
    asked += [fold(title) for document in campaign.required for title in document.titles]
    return any(phrase in said for phrase in asked)


def is_dossier_document(document: Document, blank_forms: bool = True) -> bool:
    """A memo or a summary table by its content. `blank_forms`: a table without initiatives counts too."""
    if document.inline:
        return False
    filled = Kind.SUMMARY_TABLE in document.kinds and (blank_forms or initiatives(document) > 0)
    return Kind.MEMO in document.kinds or filled


def is_dossier_like(submission: Submission, campaign: Campaign, *, blank_forms: bool = True) -> bool:
    """A memo or a table; or files, a link or an announcement with words that speak of a dossier.

    Our own letters carry a blank form: where they come back (`blank_forms` false) it counts for nothing, nor do words.
    """
    if any(is_dossier_document(document, blank_forms) for document in submission.documents):
        return True
    return blank_forms and speaks_of_dossier(submission, campaign)


def carries_unread_files(submission: Submission) -> bool:
    """Files whose content nobody knows: any of them may be a dossier."""
    return any(document.problem is not None or document.doubts for document in attachments(submission.documents))
