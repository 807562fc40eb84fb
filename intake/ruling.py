"""Ruling: a person accepts a late or doubtful dossier, or refuses to; what the rules say stays beside it (P8, P11)."""

from datetime import datetime

from dossier.campaign import Campaign
from dossier.decisions import About, RulingKind
from dossier.findings import LATE, deficiencies
from dossier.model import Finding
from dossier.rulings import finding_key, to_settle
from intake.decisions import NotDecidedError, Who, dossier_of
from intake.policy import WritingPolicy
from intake.rejudging import Rejudged, rejudge
from store import paper, revisions, rulings
from store.dossiers import Dossier
from store.engine import Store
from store.revisions import Cause, Revision


def rule(
    store: Store, campaign: Campaign, which: str, kind: RulingKind, writing: WritingPolicy, who: Who, now: datetime
) -> Rejudged:
    """Accept a dossier as it stands, or refuse to. Raises NotDecidedError, StoreError.

    An acceptance settles what is late or doubtful now; a doubt that comes up later goes to a person again.
    """
    with store.writing() as tx:
        dossier = dossier_of(tx, campaign, which)
        last = revisions.latest(tx, dossier.id)
        open_now = to_settle(last.assessment.findings) if last else ()
        _check(dossier, last, open_now, kind)
        settled = [finding_key(one) for one in open_now] if kind is RulingKind.ACCEPT else []
        rulings.rule(tx, dossier, kind, About.DOSSIER, now, settled=settled, by=who.by, reason=who.reason)
        return _again(rejudge(tx, dossier, campaign, Cause.DECISION, writing, now, by=who.by, reason=who.reason))


def rule_on_paper(store: Store, campaign: Campaign, which: str, kind: RulingKind, who: Who, now: datetime) -> str:
    """The same of a paper copy that came late or is not complete; returns the dossier's code.

    Raises NotDecidedError, StoreError.
    """
    with store.writing() as tx:
        dossier = dossier_of(tx, campaign, which)
        if not any(one.decided.stands for one in paper.of_dossier(tx, dossier.id)):
            raise NotDecidedError(f"no paper copy of {dossier.code} is recorded: see `hoso paper`")
        rulings.rule(tx, dossier, kind, About.PAPER, now, by=who.by, reason=who.reason)
    return dossier.code


def withdraw_ruling(
    store: Store, campaign: Campaign, which: str, about: About, writing: WritingPolicy, who: Who, now: datetime
) -> Rejudged | None:
    """The rules alone count again; None for a ruling on paper. Raises NotDecidedError, StoreError."""
    with store.writing() as tx:
        dossier = dossier_of(tx, campaign, which)
        standing = rulings.in_force(tx, dossier.id, about)
        if standing is None:
            raise NotDecidedError(f"no ruling on the {about.value} of {dossier.code} stands: see `hoso rulings`")
        rulings.withdraw(tx, standing.decided.number, now, by=who.by, reason=who.reason)
        if about is About.PAPER:
            return None
        return _again(rejudge(tx, dossier, campaign, Cause.DECISION, writing, now, by=who.by, reason=who.reason))


def _check(dossier: Dossier, last: Revision | None, open_now: tuple[Finding, ...], kind: RulingKind) -> None:
    if last is None:
        raise NotDecidedError(f"only paper came for {dossier.code}: there is nothing to rule on")
    if not open_now:
        told = dossier.verdict.value if dossier.verdict else "not judged"
        raise NotDecidedError(f"{dossier.code} is neither late nor doubtful: it is {told}")
    owed = deficiencies(last.assessment.findings)
    only_late = all(one.code == LATE for one in open_now)
    if owed and only_late and kind is RulingKind.ACCEPT:
        codes = ", ".join(dict.fromkeys(one.code for one in owed))
        raise NotDecidedError(
            f"{dossier.code} is not complete ({codes}): ask the union for it, or correct a misreading"
        )


def _again(done: Rejudged | None) -> Rejudged:
    if done is None:
        raise NotDecidedError("nothing of the dossier is kept any more that it could be judged from")
    return done
