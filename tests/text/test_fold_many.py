"""Many texts folded together: each as alone."""

from hypothesis import given
from hypothesis import strategies as st

from hkconcept.text import fold
from hkconcept.text.fold import fold_prose
from hkconcept.text.fold_many import BETWEEN_TEXTS, code_points, fold_joined, text_of


@given(st.lists(st.text("ΑΣς aА９９９，,0İ\0𠮷𐐀\ud840\ufeff業") | st.text(), max_size=6), st.booleans())
def test_joined_key_is_the_joined_keys(texts: list[str], prose: bool) -> None:
    """Sigma depends on its neighbours, and a text may hold what stands between texts."""
    joined = fold_joined(texts, prose=prose)
    alone = fold_prose if prose else fold
    assert joined.text == "".join(text + BETWEEN_TEXTS for text in texts)
    assert text_of(joined.key) == "".join(alone(text) + BETWEEN_TEXTS for text in texts)
    spans = zip(joined.begins.tolist(), joined.begins.tolist()[1:], strict=False)
    assert [joined.text[begin : end - 1] for begin, end in spans] == texts


def test_every_character_folds_the_same() -> None:
    every = [chr(code) for code in range(0x110000)]
    together = text_of(fold_joined(["".join(every).replace("Σ", "")]).key)[:-1]
    assert together == "".join(fold(char) for char in every if char != "Σ")


@given(st.text())
def test_code_points_are_the_text(text: str) -> None:
    assert text_of(code_points(text)[: len(text)]) == text
