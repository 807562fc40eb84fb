"""A small IMAP server that serves given messages and goes wrong where the test says: for faults that no real server
makes on demand. Everything that a real server can show is tested on Dovecot."""

import re
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

HOST = "127.0.0.1"
DATE = "20-Apr-2021 23:59:59 +0700"

Wrong = Literal[
    "drop",  # hangs up before it answers
    "drop-inside",  # hangs up in the middle of a message
    "hang",  # never answers
    "trickle",  # sends a byte now and then, for ever
    "bye",  # says BYE and hangs up
    "no",  # answers NO with `text`
    "empty",  # FETCH: answers OK and nothing else
    "no-content",  # FETCH: the message is there, its content is NIL
    "garbage",  # answers with something that is not IMAP
    "literal8",  # FETCH: sends literals as literal8
    "unasked",  # FETCH: tells of flags of other messages in between
    "news-with-plus",  # IDLE: begins it and tells of a new message in one segment
    "echo",  # answers NO and repeats the whole command
    "bad",  # answers BAD
    "wrong-tag",  # answers to a command that was not given, then hangs up
    "endless",  # tells of things that nobody asked for, without end
    "long",  # a line without end
    "huge-literal",  # announces more bytes than any disk holds
    "continue",  # asks for more where there is no more
]


@dataclass(frozen=True)
class Fault:
    at: str
    """GREETING, or a command: LOGIN, SELECT, SEARCH, FETCH, IDLE …"""
    wrong: Wrong
    times: int = 1_000_000
    """How often; after that all goes well."""
    uid: int | None = None
    """FETCH: only where this message is asked for."""
    text: str = "no"


@dataclass
class ScriptedImap:
    """Serves `messages` (UID to content) in every folder; one thread a connection."""

    messages: dict[int, bytes] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    capabilities: str = "IMAP4rev1 IDLE UIDPLUS MOVE"
    uidvalidity: int = 7
    dates: Mapping[int, str] = field(default_factory=dict)
    """INTERNALDATE by UID, where it is not `DATE`."""
    commands: list[str] = field(default_factory=list)
    """Every command line as received."""
    went_wrong: int = 0

    def __post_init__(self) -> None:
        self.port: int
        self._done: dict[Fault, int] = {}
        self._listener = socket.create_server((HOST, 0))
        self.port = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self._stop = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._stop.set()
        self._listener.close()
        for sock in self._open:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._open.append(sock)
                threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock: socket.socket) -> None:
        with suppress(OSError, _HungUp), sock, sock.makefile("rb") as lines:
            self._send(sock, b"* OK ready\r\n", "GREETING", "*")
            for line in lines:
                tag, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
                self.commands.append(rest)
                words = rest.removeprefix("UID ").split()
                self._answer(sock, tag, words[0].upper() if words else "", rest, lines)

    def _fault(self, at: str, uids: tuple[int, ...]) -> Fault | None:
        for fault in self.faults:
            if fault.at == at and (fault.uid is None or fault.uid in uids) and self._done.get(fault, 0) < fault.times:
                self._done[fault] = self._done.get(fault, 0) + 1
                self.went_wrong += 1
                return fault
        return None

    def _send(self, sock: socket.socket, answer: bytes, at: str, tag: str, uids: tuple[int, ...] = ()) -> None:
        fault = self._fault(at, uids)
        if fault is None:
            sock.sendall(answer)
        elif fault.wrong == "hang":
            self._stop.wait()
        elif fault.wrong == "trickle":
            while not self._stop.wait(0.05):
                sock.sendall(b"*")
        elif fault.wrong in {"endless", "long"}:
            while not self._stop.is_set():
                sock.sendall((b"* OK still here\r\n" if fault.wrong == "endless" else b"x") * 1000)
        else:
            sock.sendall(self._spoilt(fault, answer, tag, uids))
            if fault.wrong in {"drop", "drop-inside", "bye", "wrong-tag"}:
                raise _HungUp

    def _spoilt(self, fault: Fault, answer: bytes, tag: str, uids: tuple[int, ...]) -> bytes:
        without_content = "".join(f"* {uid} FETCH (UID {uid} RFC822.SIZE 9 BODY[] NIL)\r\n" for uid in uids)
        of_others = b"* 1 FETCH (FLAGS (\\Seen))\r\n* 2 FETCH (UID 2 FLAGS (\\Seen))\r\n"
        spoilt: dict[Wrong, bytes] = {
            "drop": b"",
            "drop-inside": answer[: len(answer) // 2],
            "bye": b"* BYE going down for maintenance\r\n",
            "no": f"{tag} NO {fault.text}\r\n".encode(),
            "echo": f"{tag} NO cannot do {self.commands[-1] if self.commands else ''}\r\n".encode(),
            "garbage": f"* 1 FETCH (((BODY\r\n{tag} OK done\r\n".encode(),
            "empty": f"{tag} OK done\r\n".encode(),
            "no-content": f"{without_content}{tag} OK done\r\n".encode(),
            "literal8": re.sub(rb"(BODY\[\]\S*) \{", rb"\1 ~{", answer),
            "unasked": of_others + answer,
            "bad": f"{tag} BAD what?\r\n".encode(),
            "wrong-tag": b"ZZZZ9 OK done\r\n",
            "huge-literal": b"* 1 FETCH (UID 1 BODY[] {999999999999999}\r\nx",
            "continue": b"+ go on\r\n" + answer,
            "news-with-plus": answer + b"* 99 EXISTS\r\n",
        }
        return spoilt[fault.wrong]

    def _answer(self, sock: socket.socket, tag: str, command: str, rest: str, lines: Iterator[bytes]) -> None:
        ok = f"{tag} OK done\r\n".encode()
        uids: tuple[int, ...] = ()
        if command == "CAPABILITY":
            ok = f"* CAPABILITY {self.capabilities}\r\n".encode() + ok
        elif command in {"SELECT", "EXAMINE"}:
            command = "SELECT"
            told = (
                f"* {len(self.messages)} EXISTS\r\n* OK [UIDVALIDITY {self.uidvalidity}] ok\r\n"
                f"* OK [UIDNEXT {max(self.messages, default=0) + 1}] ok\r\n"
            )
            ok = told.encode() + ok
        elif command == "SEARCH":
            ok = f"* SEARCH{''.join(f' {uid}' for uid in self._found(rest))}\r\n".encode() + ok
        elif command == "FETCH":
            uids = tuple(int(uid) for uid in rest.split()[2].split(","))
            ok = b"".join(self._fetched(uid, rest) for uid in uids if uid in self.messages) + ok
        elif command == "IDLE":
            self._send(sock, b"+ idling\r\n", "IDLE", tag)
            for line in lines:
                if line.strip().upper() == b"DONE":
                    break
            command = "DONE"
        elif command == "LOGOUT":
            ok = b"* BYE bye\r\n" + ok
        self._send(sock, ok, command, tag, uids)

    def _found(self, rest: str) -> list[int]:
        wanted = re.fullmatch(r"UID SEARCH (?:(\d+):(\d+|\*) )?UID (\d+)(:\*)?( UNDELETED)?", rest)
        if wanted is None:
            raise ValueError(f"not scripted: {rest}")
        known = sorted(self.messages)
        if wanted[1]:
            known = known[int(wanted[1]) - 1 : None if wanted[2] == "*" else int(wanted[2])]
        low = int(wanted[3])
        if not wanted[4]:
            return [low] if low in known else []
        # as real servers do: "n:*" names the last message even where it is below n
        return [uid for uid in known if uid >= low or uid == max(self.messages)]

    def _fetched(self, uid: int, rest: str) -> bytes:
        content = self.messages[uid]
        items = [f"UID {uid}"]
        if "RFC822.SIZE" in rest:
            items.append(f"RFC822.SIZE {len(content)}")
        if "INTERNALDATE" in rest:
            items.append(f'INTERNALDATE "{self.dates.get(uid, DATE)}"')
        answer = f"* {uid} FETCH ({' '.join(items)}".encode()
        part = re.search(r"BODY\.PEEK\[\](?:<(\d+)\.(\d+)>)?", rest)
        if part is not None:
            start = int(part[1]) if part[1] else 0
            piece = content[start : start + int(part[2])] if part[2] else content
            name = f"BODY[]<{start}>" if part[1] else "BODY[]"
            answer += f" {name} {{{len(piece)}}}\r\n".encode() + piece
        return answer + b")\r\n"


class _HungUp(Exception):  # noqa: N818 - no error: the script says so
    """The script hangs up here."""


@contextmanager
def scripted_imap(
    messages: dict[int, bytes], *faults: Fault, **more: str | Mapping[int, str]
) -> Iterator[ScriptedImap]:
    server = ScriptedImap(messages, faults, **more)  # type: ignore[arg-type]
    try:
        yield server
    finally:
        server.close()
