"""Tests that read pictures need Tesseract's Vietnamese data, which the distribution brings."""

import pytest

from parsers.ocr_engine import available

_REASON = available()

needs_ocr = pytest.mark.skipif(_REASON is not None, reason=_REASON or "")
