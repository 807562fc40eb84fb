"""The key that signs the head of the history: Ed25519 (RFC 8032) in a PEM file, never in the database or a backup."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)


class KeyFileError(Exception):
    """A key file that a person has to mend; the text says how."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What an auditor holds."""

    key: Ed25519PublicKey

    @property
    def fingerprint(self) -> str:
        """SHA-256, in hex, of the SubjectPublicKeyInfo: `openssl pkey -pubin -outform DER | sha256sum` prints it."""
        return hashlib.sha256(self.key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()

    @property
    def pem(self) -> str:
        return self.key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")

    def signed(self, signature: bytes, content: bytes) -> bool:
        try:
            self.key.verify(signature, content)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """What the service holds; it prints as nothing."""

    key: Ed25519PrivateKey

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.key.public_key())

    def sign(self, content: bytes) -> bytes:
        """64 bytes."""
        return self.key.sign(content)


def make_key(path: Path) -> SigningKey:
    """A new key in a new file that only its owner can read, and the public one beside it as `NAME.pub`.

    Raises KeyFileError where either file is there.
    """
    made = SigningKey(Ed25519PrivateKey.generate())
    private = made.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        for file, content, mode in ((path, private, 0o600), (public_file(path), made.public.pem.encode(), 0o644)):
            _write_new(file, content, mode)
    except FileExistsError as error:
        raise KeyFileError(f"{error.filename} is there already: a key in use is never overwritten") from None
    except OSError as error:
        raise KeyFileError(f"{error.filename} cannot be written: {error.strerror}") from None
    return made


def load_key(path: Path) -> SigningKey:
    """Raises KeyFileError, also where others than the owner can read the file."""
    content = _read(path, "`hoso audit keygen` makes it")
    if path.stat().st_mode & 0o077:
        raise KeyFileError(f"{path} can be read by others: chmod 600 it, or make a new key")
    try:
        key = load_pem_private_key(content, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError(f"{path} holds no Ed25519 key in PEM without a passphrase: `hoso audit keygen` makes one")
    return SigningKey(key)


def load_public_key(path: Path) -> PublicKey:
    """Raises KeyFileError."""
    content = _read(path, "it is the file that ends in .pub beside the signing key")
    try:
        key = load_pem_public_key(content)
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise KeyFileError(f"{path} holds no Ed25519 public key in PEM")
    return PublicKey(key)


def public_file(path: Path) -> Path:
    """Beside the signing key."""
    return path.with_name(path.name + ".pub")


def _read(path: Path, advice: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise KeyFileError(f"{path} cannot be read ({error.strerror}): {advice}") from None


def _write_new(path: Path, content: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
