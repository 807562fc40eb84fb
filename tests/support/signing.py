"""Throw-away certificates, and PDFs signed with them."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

_BEGINS, _ENDS = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
UNION = "CĐCS Bệnh viện Thí Dụ"
AUTHORITY = "Tổ chức chứng thực thử"
ORGANISATION = "Công đoàn ngành Thí Dụ"


@dataclass(frozen=True)
class Holder:
    """A key and its certificate."""

    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode()

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)


@cache
def root(name: str) -> Holder:
    key = ec.generate_private_key(ec.SECP256R1())
    return Holder(key, _certificate(_name(name), key.public_key(), _name(name), key, is_root=True))


@cache
def holder(name: str = UNION, issuer: str = AUTHORITY, ends: datetime = _ENDS) -> Holder:
    key, above = ec.generate_private_key(ec.SECP256R1()), root(issuer)
    subject = _name(name, ORGANISATION)
    return Holder(key, _certificate(subject, key.public_key(), above.certificate.subject, above.key, ends=ends))


@cache
def stamper(fixed_at: datetime) -> DummyTimeStamper:
    """An authority whose clock stands still."""
    key, above = rsa.generate_private_key(65537, 2048), root(AUTHORITY)
    names = _name("Cấp dấu thời gian"), above.certificate.subject
    stamps = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    made = Holder(key, _certificate(names[0], key.public_key(), names[1], above.key, purpose=stamps))
    return DummyTimeStamper(asn1_x509.Certificate.load(made.der), _asn1_key(made), fixed_dt=fixed_at)


def unsigned_pdf() -> bytes:
    """A memo as text."""
    return resources.files("hoso.demo.files").joinpath("to-trinh.pdf").read_bytes()


def signed(
    content: bytes, by: Holder | None = None, field: str = "Signature1", stamped_at: datetime | None = None
) -> bytes:
    """The PDF with one more signature, as an increment."""
    by = by or holder()
    signer = signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(by.der),
        signing_key=_asn1_key(by),
        cert_registry=SimpleCertificateStore.from_certs([]),
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    metadata = signers.PdfSignatureMetadata(field_name=field)
    clock = stamper(stamped_at) if stamped_at else None
    written = signers.sign_pdf(writer, metadata, signer=signer, timestamper=clock)
    return bytes(written.getvalue())


def with_another_byte(content: bytes) -> bytes:
    """One byte of the first page's stream is another."""
    place = content.index(b"stream") + 40
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def with_another_page(content: bytes) -> bytes:
    """The first page turned by an increment: no byte that was signed is another."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = generic.NumberObject(90)
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_broken_container(content: bytes) -> bytes:
    """The last signature's own bytes are no signature any more."""
    place = content.rindex(b"/Contents <") + 20
    return content[:place] + b"0" * 60 + content[place + 60 :]


def _asn1_key(by: Holder) -> asn1_keys.PrivateKeyInfo:
    return asn1_keys.PrivateKeyInfo.load(by.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


def _name(common: str, organisation: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name(parts)


def _certificate(
    subject: x509.Name,
    public_key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    *,
    is_root: bool = False,
    ends: datetime = _ENDS,
    purpose: x509.ExtendedKeyUsage | None = None,
) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_BEGINS)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )
    if purpose is not None:
        builder = builder.add_extension(purpose, critical=True)
    return builder.sign(key, hashes.SHA256())
