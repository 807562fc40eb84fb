"""Roots that certificates of signatures should lead to: files and folders, in PEM or DER."""

from pathlib import Path

import pytest
from support.signing import AUTHORITY, root

from hoso.strict_yaml import ConfigError
from hoso.trust import load_trust_roots

ONE, OTHER = root(AUTHORITY), root("Tổ chức khác")


def test_certificates_are_read_from_files_and_folders_each_once(tmp_path: Path) -> None:
    folder = tmp_path / "roots"
    folder.mkdir()
    (folder / "both.pem").write_text("Lời dẫn\n" + ONE.pem + OTHER.pem)
    (folder / "one.cer").write_bytes(ONE.der)
    (folder / "readme.txt").write_text("no certificate")
    (tmp_path / "other.crt").write_bytes(OTHER.der)
    assert load_trust_roots([folder, tmp_path / "other.crt"]) == (ONE.pem, OTHER.pem)
    assert load_trust_roots([]) == ()


@pytest.mark.parametrize("content", [b"", b"hello", b"-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n"])
def test_a_file_without_a_certificate_is_told_by_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "root.pem").write_bytes(content)
    with pytest.raises(ConfigError, match=r"root\.pem"):
        load_trust_roots([tmp_path / "root.pem"])


def test_a_missing_file_and_an_empty_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_trust_roots([tmp_path / "absent.pem"])
    with pytest.raises(ConfigError, match="holds no certificate"):
        load_trust_roots([tmp_path])
