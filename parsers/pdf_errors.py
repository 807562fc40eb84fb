"""What pdfminer and pdfplumber raise."""

import struct
import zlib

from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

LIBRARY_ERRORS = (
    PdfminerException,
    MalformedPDFException,
    PDFException,
    PSException,
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
"""What pdfminer raises over a damaged file: it reads what objects hold before it looks what they are."""
