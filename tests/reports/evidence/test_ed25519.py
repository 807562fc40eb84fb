"""Our own check of signatures against the vectors of RFC 8032 and against OpenSSL's (cryptography)."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.evidence.ed25519 import L, signed

VECTORS = [  # RFC 8032, 7.1: TEST 1, 2, 3, SHA(abc)
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_the_vectors_of_rfc_8032_hold_and_no_changed_byte_does(key: str, message: str, signature: str) -> None:
    public, said, sealed = bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)
    assert signed(public, said, sealed)
    assert not signed(public, said + b"\0", sealed)
    for place in range(0, 64, 7):
        assert not signed(public, said, sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :])
    assert not signed(public, said, sealed[:63])
    assert not signed(public[:31], said, sealed)
    other = sealed[:32] + (int.from_bytes(sealed[32:], "little") + L).to_bytes(32, "little")
    assert not signed(public, said, other), "S is to be less than L (5.1.7)"


@settings(max_examples=10, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=300))
def test_what_openssl_signs_holds(seed: bytes, message: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    assert signed(public, message, key.sign(message))
    assert not signed(public, message + b"x", key.sign(message))
