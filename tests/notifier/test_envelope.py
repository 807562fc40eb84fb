import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.envelope import AddressError, Envelope, MailIdentity, addr_spec, bounced_token, return_address

MAILBOX = "ho-so@cdn.example"
PLUS = MailIdentity(MAILBOX, "Công đoàn ngành Y tế", plus_bounces=True)
TOKENS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True)


@pytest.mark.parametrize(
    "address", ["a@b.example", "cdcs.bvdn+x@dongnai-yte.example", "o'neil@b", "x" * 64 + "@b.example"]
)
def test_a_plain_address_is_taken_as_it_is(address):
    assert addr_spec(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a",
        "@b.example",
        "a@",
        "a@b@c.example",
        "alice@good.example)bob@evil.example",
        '"a b"@c.example',
        "a b@c.example",
        "a@b.example\r\nRCPT TO:<x@y.example>",
        "a@b.example\n",
        "<a@b.example>",
        "a.@b.example",
        "a..b@c.example",
        "a@-b.example",
        "a@[127.0.0.1]",
        "đoàn@cdn.example",
        "x" * 65 + "@b.example",
        "x@" + "b" * 260,
    ],
)
def test_what_could_be_read_in_two_ways_is_not_written_to(address):
    with pytest.raises(AddressError):
        addr_spec(address)
    with pytest.raises(AddressError):
        Envelope(MAILBOX, address)
    with pytest.raises(AddressError):
        Envelope(address, MAILBOX)


@given(st.text(max_size=60))
def test_no_text_smuggles_a_second_command_into_the_envelope(text):
    try:
        taken = addr_spec(text)
    except AddressError:
        return
    assert taken.isascii()
    assert taken.isprintable()
    assert not set(taken) & set(' <>,;:"()[]\\')
    assert taken.count("@") == 1


@given(TOKENS)
def test_a_bounce_to_the_plus_address_names_its_letter(token):
    address = return_address(PLUS, token)
    assert addr_spec(address) == address
    assert bounced_token(PLUS, address) == token
    assert bounced_token(PLUS, f" {address.upper()} ") == token


def test_without_plus_addresses_bounces_come_to_the_mailbox():
    plain = MailIdentity(MAILBOX, "Công đoàn ngành Y tế")
    assert return_address(plain, "abc") == MAILBOX
    assert bounced_token(plain, MAILBOX) is None


def test_a_mailbox_with_a_name_too_long_for_a_plus_address_gets_bounces_itself():
    long = MailIdentity("x" * 60 + "@cdn.example", "CĐN", plus_bounces=True)
    assert return_address(long, "abcdef") == long.address


@pytest.mark.parametrize("token", ["", "A", "a b", "a@b", "-a", "x" * 41, "a\n"])
def test_a_token_that_an_address_cannot_carry_is_refused(token):
    with pytest.raises(ValueError, match="bounce token"):
        return_address(PLUS, token)


@pytest.mark.parametrize(
    "address",
    [
        "ho-so+b-@cdn.example",
        "ho-so+other@cdn.example",
        "ho-so+b-a_b@cdn.example",
        "x+b-a@cdn.example",
        "ho-so+b-a@x.example",
        "",
    ],
)
def test_another_address_names_no_letter(address):
    assert bounced_token(PLUS, address) is None
