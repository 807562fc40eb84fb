"""Text as documents in the fonts of TCVN3 and VNI store it, made from Unicode."""

import unicodedata

from parsers.legacy_tables import TABLES, Encoding

MEMO = (
    "Căn cứ Kế hoạch số 39/CĐN ngày 16 tháng 3 năm 2021 của Ban Thường vụ Công đoàn ngành Y tế về việc triển khai "
    "Chương trình “75 nghìn sáng kiến, vượt khó, phát triển”; Công đoàn cơ sở cam kết các sáng kiến nêu trên không có "
    "khiếu nại về nội dung, kết quả; thủ trưởng đơn vị đã thẩm định; kỹ thuật viên, bác sĩ, hộ lý ở Mỹ Xuân, Gò Vấp."
)


def stored(text: str, encoding: Encoding) -> str:
    """The look-alikes; capitals with a tone mark in TCVN3 become their small letters, as typists put them."""
    codes: dict[str, str] = {}
    for code, letter in TABLES[encoding].items():
        if letter not in codes or code[1:].islower() == letter.islower():
            codes[letter] = code
    return "".join(codes.get(char) or codes.get(char.lower(), char) for char in unicodedata.normalize("NFC", text))
