"""Whom certificates of digital signatures are to lead to: the roots that an administrator put into files."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from hoso.strict_yaml import ConfigError

_ENDINGS = (".pem", ".crt", ".cer", ".der")


def load_trust_roots(paths: Sequence[Path]) -> tuple[str, ...]:
    """Every certificate of the files, and of the files in the folders, as PEM. Raises ConfigError."""
    found = [certificate for path in paths for file in _files(path) for certificate in _certificates(file)]
    return tuple(dict.fromkeys(found))


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in _ENDINGS)
    if not files:
        raise ConfigError(path, (f"holds no certificate: put files that end in {', '.join(_ENDINGS)} into it",))
    yield from files


def _certificates(file: Path) -> list[str]:
    try:
        content = file.read_bytes()
        pem = b"-----BEGIN" in content
        found = x509.load_pem_x509_certificates(content) if pem else [x509.load_der_x509_certificate(content)]
    except OSError as error:
        raise ConfigError(file, (f"cannot be read: {error.strerror}",)) from error
    except ValueError as error:
        raise ConfigError(file, ("holds no certificate that can be read: give it in PEM or DER",)) from error
    return [certificate.public_bytes(Encoding.PEM).decode("ascii") for certificate in found]
