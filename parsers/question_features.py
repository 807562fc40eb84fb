"""What sets questions apart from their answers, whatever they are called: bold type, a number, a colon, free space."""

from collections import Counter
from collections.abc import Sequence

from parsers.question_marks import Piece

USUAL = 0.8
"""Of the known questions that bear a mark, and of other pieces that do not."""

Feature = str


def features_of(piece: Piece) -> frozenset[Feature]:
    told = {
        "bold": piece.bold,
        f"point {piece.point}": bool(piece.point),
        "colon": piece.text.rstrip(" .…_").endswith(":"),
        "apart": piece.apart,
    }
    return frozenset(name for name, there in told.items() if there)


def usual_features(asking: Sequence[Piece], answering: Sequence[Piece]) -> frozenset[Feature]:
    if not asking or not answering:
        return frozenset()
    borne = Counter(name for piece in asking for name in features_of(piece))
    besides = Counter(name for piece in answering for name in features_of(piece))
    return frozenset(
        name
        for name, count in borne.items()
        if count >= USUAL * len(asking) and besides[name] <= (1 - USUAL) * len(answering)
    )
