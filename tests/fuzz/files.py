"""What damage begins from: the messages of the corpus and the files in them."""

from functools import lru_cache

from support.attachments import MESSAGES

from dossier.campaign import Campaign
from hoso.campaigns import example_campaign
from parsers.message import open_message

_LARGE = 200_000


@lru_cache(maxsize=1)
def messages() -> tuple[bytes, ...]:
    contents = (path.read_bytes() for path in sorted(MESSAGES.glob("*.eml")))
    return tuple(content for content in contents if len(content) < _LARGE)  # pictures are not our own code's to read


@lru_cache(maxsize=1)
def files() -> tuple[bytes, ...]:
    return tuple(one.content for content in messages() for one in open_message(content).attachments)


@lru_cache(maxsize=1)
def campaign() -> Campaign:
    return example_campaign()
