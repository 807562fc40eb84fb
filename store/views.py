"""Read-only views of the records for those who bring their own tool: docs/sql.md tells every column.

They are no part of a migration step: one that changes a table would stumble over them. `store.migration.upgrade` drops
them first and makes them anew at the end, so they always fit the tables of this version.
"""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Connection, inspect, text

from dossier.campaign import APPLIED, BENEFIT, BLOCK, FIELD, POSITION, SUMMARY

_DOSSIERS = """
SELECT d.code AS dossier, d.campaign, d.union_code, d.arrival_number, d.arrival_year, d.verdict, d.complete, d.in_time,
    d.received_at, d.created_at AS opened_at, d.updated_at AS judged_at, d.revision, r.deadline, r.rules,
    (SELECT count(*) FROM initiatives i WHERE i.dossier_id = d.id) AS initiatives,
    (SELECT min(p.arrived_at) FROM paper_copies p
        WHERE p.dossier_id = d.id AND p.ended_event IS NULL) AS paper_arrived_at,
    (SELECT count(*) FROM objections o WHERE o.dossier_id = d.id AND o.ended_event IS NULL) AS open_objections
FROM dossiers d LEFT JOIN revisions r ON r.dossier_id = d.id AND r.number = d.revision
"""
_INITIATIVES = """
SELECT i.id AS number, d.code AS dossier, d.campaign, d.union_code, i.row, i.title, i.author, {position} AS position,
    {field} AS field, {block} AS block, {summary} AS summary, {benefit} AS benefit, i.benefit_worth,
    i.benefit_low, i.benefit_high, i.benefit_per, {applied} AS applied, i.applied_first, i.applied_last, i.place
FROM initiatives i JOIN dossiers d ON d.id = i.dossier_id
"""
_DOCUMENTS = """
SELECT d.code AS dossier, r.number AS revision, o.file, o.kinds, o.read_by, o.problem, o.size, o.pages, o.media_type,
    o.sha256, m.sha256 AS message_sha256, o.part
FROM documents o JOIN dossiers d ON d.id = o.dossier_id JOIN revisions r ON r.id = o.revision_id
    JOIN messages m ON m.id = o.message_id
"""
_REVISIONS = """
SELECT d.code AS dossier, r.number AS revision, r.cause, r.verdict, r.complete, r.in_time, r.received_at, r.deadline,
    r.rules, r.reply, r.supplement, r.recorded_at, m.sha256 AS message_sha256
FROM revisions r JOIN dossiers d ON d.id = r.dossier_id LEFT JOIN messages m ON m.id = r.message_id
"""
_FINDINGS = """
SELECT d.code AS dossier, r.number AS revision, (r.number = d.revision) AS stands, f.code, f.severity, f.document,
    f.row, f.detail
FROM findings f JOIN revisions r ON r.id = f.revision_id JOIN dossiers d ON d.id = f.dossier_id
"""
_MESSAGES = """
SELECT l.id AS number, m.sha256, m.size, b.account, b.folder, l.uid, l.source, m.received_at,
    l.arrived_at AS recorded_at, l.state, l.outcome, d.code AS dossier, l.error, l.attempts,
    e.sha256 AS duplicate_of_sha256
FROM ledger l JOIN messages m ON m.id = l.message_id LEFT JOIN mailboxes b ON b.id = l.mailbox_id
    LEFT JOIN dossiers d ON d.id = l.dossier_id LEFT JOIN messages e ON e.id = l.duplicate_of
"""
_LETTERS = """
SELECT l.id AS number, l.kind, l.recipient, l.subject, l.state, l.reason, d.code AS dossier, l.revision,
    m.sha256 AS answers_sha256, l.created_at AS written_at, l.sent_at, l.reply, l.attempts
FROM letters l LEFT JOIN dossiers d ON d.id = l.dossier_id LEFT JOIN messages m ON m.id = l.answers
"""
_EVENTS = """
SELECT e.seq AS number, e.at, e.kind, d.code AS dossier, m.sha256 AS message_sha256, e.letter_id AS letter, e.facts,
    n."by" AS decided_by, n.reason, e.hash
FROM events e LEFT JOIN dossiers d ON d.id = e.dossier_id LEFT JOIN messages m ON m.id = e.message_id
    LEFT JOIN event_notes n ON n.seq = e.seq
"""
_PAPER = """
SELECT p.event AS number, d.code AS dossier, p.way, p.arrived_at, p.postmarked_on, p.received_by, p.holds, p.complete,
    p.note, p.arrival_number, p.arrival_year, p.recorded_at, p.ended_at
FROM paper_copies p JOIN dossiers d ON d.id = p.dossier_id
"""
_OBJECTIONS = """
SELECT o.event AS number, d.code AS dossier, o.kind, o.title, o.author, o.row, o.raised_by, o.raised_on, o.recorded_at,
    o.ended_at, o.outcome
FROM objections o JOIN dossiers d ON d.id = o.dossier_id
"""
VIEWS: Mapping[str, str] = MappingProxyType(
    {
        "v_dossiers": _DOSSIERS,
        "v_initiatives": _INITIATIVES,
        "v_documents": _DOCUMENTS,
        "v_revisions": _REVISIONS,
        "v_findings": _FINDINGS,
        "v_messages": _MESSAGES,
        "v_letters": _LETTERS,
        "v_events": _EVENTS,
        "v_paper": _PAPER,
        "v_objections": _OBJECTIONS,
    }
)
_CELLS = {
    "position": POSITION,
    "field": FIELD,
    "block": BLOCK,
    "summary": SUMMARY,
    "benefit": BENEFIT,
    "applied": APPLIED,
}


def there(conn: Connection) -> bool:
    """Whether all of them are."""
    return set(VIEWS) <= set(inspect(conn).get_view_names())


def drop(conn: Connection) -> None:
    """Those that are there; others that somebody made are left alone."""
    for name in VIEWS:
        conn.execute(text(f"DROP VIEW IF EXISTS {name}"))


def create(conn: Connection) -> None:
    """On tables of this version, where none of them is."""
    cell = _sqlite_cell if conn.dialect.name == "sqlite" else _postgresql_cell
    cells = {name: cell(key) for name, key in _CELLS.items()}
    for name, selected in VIEWS.items():
        conn.exec_driver_sql(f"CREATE VIEW {name} AS {selected.format_map(cells)}")


def _sqlite_cell(key: str) -> str:
    return f"json_extract(i.cells, '$.{key}')"


def _postgresql_cell(key: str) -> str:
    return f"(i.cells::json ->> '{key}')"
