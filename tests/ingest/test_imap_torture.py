"""A mailbox read over a line that breaks at random: in the end each message was had, and had right."""

import random

import pytest
from support.accounts import on_script
from support.scripted_imap import Fault, ScriptedImap, Wrong, scripted_imap

from ingest.account import Timeouts
from ingest.errors import TemporaryMailboxError
from ingest.imap import Mailbox

FAULTS: tuple[Wrong, ...] = ("drop", "drop-inside", "bye", "hang", "trickle", "empty", "no-content", "garbage", "no")
COMMANDS = ("GREETING", "CAPABILITY", "LOGIN", "SELECT", "SEARCH", "FETCH")


def read_until_all_are_there(server: ScriptedImap, chance: random.Random) -> dict[int, bytes]:
    """As the service does: what is missing is asked for again, over a new connection."""
    account = on_script(server, batch_messages=4, batch_bytes=3000, timeouts=Timeouts(0.2, 0.2, 0.5))
    found: dict[int, bytes] = {}
    while found.keys() != server.messages.keys() or chance.random() < 0.8:
        wrong = chance.choice(FAULTS)
        # a NO to a login or a SELECT is for a person to mend: not here
        at = "FETCH" if wrong in {"empty", "no-content", "garbage", "no"} else chance.choice(COMMANDS)
        uid = chance.choice([None, *server.messages]) if at == "FETCH" else None
        server.faults = (Fault(at, wrong, times=chance.randint(1, 4), uid=uid),) if chance.random() < 0.9 else ()
        try:
            with Mailbox.open(account, "INBOX") as mailbox:
                if chance.random() < 0.1:
                    found.clear()  # another service begins from nothing
                for raw in mailbox.fetch(uid for uid in mailbox.uids() if uid not in found):
                    assert raw.position is not None
                    found[raw.position.uid] = raw.content
        except TemporaryMailboxError:
            continue
    return found


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(40))
def test_every_message_comes_whole_in_the_end(seed: int) -> None:
    chance = random.Random(seed)
    uids = chance.sample(range(1, 200), 25)
    messages = {uid: b"Subject: x\r\n\r\n" + chance.randbytes(chance.randint(0, 9000)) for uid in sorted(uids)}
    with scripted_imap(messages) as server:
        assert read_until_all_are_there(server, chance) == messages
