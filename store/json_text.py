"""The types of `dossier.model` as JSON text and back, checked on the way in."""

import json
from collections.abc import Mapping
from typing import TypeVar

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from dossier.model import Assessment, Submission
from dossier.signatures import Signature
from store.schema.columns import storable

_SUBMISSION = TypeAdapter(Submission)
_ASSESSMENT = TypeAdapter(Assessment)
_SIGNATURES = TypeAdapter(tuple[Signature, ...])
_MAPPING = TypeAdapter(dict[str, str])
_T = TypeVar("_T")


def submission_text(submission: Submission) -> str:
    return _dump(_SUBMISSION, submission)


def submission_of(text: str) -> Submission:
    """Raises pydantic.ValidationError where the text is of another shape."""
    return _SUBMISSION.validate_json(text)


def assessment_text(assessment: Assessment) -> str:
    return _dump(_ASSESSMENT, assessment)


def assessment_of(text: str) -> Assessment:
    """Raises pydantic.ValidationError where the text is of another shape."""
    return _ASSESSMENT.validate_json(text)


def signatures_text(signatures: tuple[Signature, ...]) -> str | None:
    """None where nobody signed."""
    return _dump(_SIGNATURES, signatures) if signatures else None


def signatures_of(text: str | None) -> tuple[Signature, ...]:
    """Raises pydantic.ValidationError where the text is of another shape."""
    return _SIGNATURES.validate_json(text) if text else ()


def mapping_text(mapping: Mapping[str, str]) -> str:
    return storable(json.dumps(dict(mapping), ensure_ascii=False))


def mapping_of(text: str) -> dict[str, str]:
    """Raises pydantic.ValidationError where the text is of another shape."""
    return _MAPPING.validate_json(text) if text != "{}" else {}


def _dump(adapter: TypeAdapter[_T], value: _T) -> str:
    try:
        return adapter.dump_json(value).decode()
    except PydanticSerializationError:  # a lone surrogate in some text: UTF-8 cannot hold it
        return storable(json.dumps(adapter.dump_python(value, mode="json"), ensure_ascii=False))
