"""What libraries raise over a damaged PDF."""

import struct
import zlib

from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

OF_DAMAGED_OBJECTS: tuple[type[Exception], ...] = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
    NotImplementedError,
    EOFError,
    OSError,
    struct.error,
    zlib.error,
)
"""What libraries raise over a damaged PDF: they read what objects hold before they look what they are."""
LIBRARY_ERRORS: tuple[type[Exception], ...] = (
    PdfminerException,
    MalformedPDFException,
    PDFException,
    PSException,
    *OF_DAMAGED_OBJECTS,
)
"""The same of pdfminer and pdfplumber."""
