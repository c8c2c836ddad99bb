"""One text in the two languages of a note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["UNSAID", "Bilingual", "NoteLanguage"]

NoteLanguage = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in the two languages of a note."""

    zh: str
    en: str

    def text(self, language: NoteLanguage) -> str:
        """Return the text in a language, or the other's when that one is empty.

        >>> Bilingual("创新药", "").text("en")
        '创新药'

        """
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


UNSAID: Final = Bilingual("", "")
"""Nothing, in both languages."""
