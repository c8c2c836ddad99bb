"""What the ledger holds: one statement about one subject, with its evidence and its two kinds of time.

*Valid time* (``valid_from``, ``valid_to``) says when the statement holds in the world; *knowledge time*
(``known_at``) when the public could first know it. When we wrote it down (``recorded_at``) belongs to the
row, not to the statement. A statement is named by its content, so recording it twice changes nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from json.encoder import encode_basestring
from typing import Literal, NamedTuple, TypeAlias

from hkconcept.model.document import Document, Quote
from hkconcept.model.times import Moment

__all__ = [
    "WITHDRAWN",
    "JsonValue",
    "Recorded",
    "Statement",
    "Status",
    "canonical_json",
    "document_key",
    "document_key_of",
    "withdrawal",
]

JsonValue: TypeAlias = "str | int | bool | Sequence[JsonValue] | Mapping[str, JsonValue] | None"

Status = Literal["packaged", "extracted", "accepted", "retracted"]

WITHDRAWN = "withdrawn"
"""Value of a retraction made because the source of a statement no longer states it."""


def canonical_json(value: JsonValue) -> str:
    """Write a value in the one form that is hashed and stored: sorted keys, no spaces, no floats.

    A binary float has no faithful decimal form, so figures travel as strings of digits.

    Raises
    ------
    TypeError
        For a float, or for anything else that JSON does not have.

    >>> canonical_json({"unit": "USD", "value": "1.30"})
    '{"unit":"USD","value":"1.30"}'
    >>> canonical_json({"share": 0.1})
    Traceback (most recent call last):
    TypeError: 0.1 is a float; write figures as strings of digits, '0.1'

    """
    _refuse_floats(value)
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
_PLAIN = frozenset({str, int, bool, type(None)})


def _refuse_floats(value: object) -> None:
    if type(value) in _PLAIN:
        return
    if isinstance(value, float):
        msg = f"{value!r} is a float; write figures as strings of digits, '{value!r}'"
        raise TypeError(msg)
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                msg = f"the key {key!r} is not a string"
                raise TypeError(msg)
            _refuse_floats(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _refuse_floats(item)


def _text(text: str | None) -> str:
    return "null" if text is None else encode_basestring(text)


def _day(day: dt.date | None) -> str:
    return f'"{day.isoformat()}"' if day else "null"


def _digest(text: str) -> str:
    # Lone surrogates are hashed as they are; the store refuses them with a sentence of its own.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def document_key(document: Document) -> str:
    """Return the key of one reading of a document: a hash of its id and its text.

    The same bytes read by a later version may give another text, and spans only hold in the text that
    they were measured in. Each reading is therefore kept under a key of its own.
    """
    return document_key_of(document.id, document.text)


def document_key_of(document: str, text: str) -> str:
    """Return the key of a reading by its parts: the id of the document and the text."""
    return _digest(canonical_json([document, text]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing said about one subject.

    Parameters
    ----------
    subject_kind, subject
        What it is about: ``security`` and ``01801``, ``document`` and its id.
    attribute, value
        What is said. The value is JSON without floats; figures are strings of digits.
    known_at
        When the public could first know it. A day's precision counts from the end of that day.
    valid_from, valid_to
        When it holds: from the first day, inclusive, to the last, exclusive. ``None`` is unknown or open.
    status
        ``packaged`` (came with the software, reviewed), ``extracted`` (found by machine in a document),
        ``accepted`` (extracted, then confirmed) or ``retracted`` (takes back the one it supersedes).
    source
        Where a fact that is not quoted from a recorded document is known from: an address or a citation.
    document, quote
        The key of the reading quoted (:func:`document_key`) and the words.
    supersedes
        The id of the statement that this one replaces from ``known_at`` on.

    >>> deal = Statement(
    ...     subject_kind="security", subject="01801", attribute="role", value="innovator",
    ...     known_at=Moment.parse("2018-10-31"), status="packaged",
    ... )
    >>> deal.id == Statement(
    ...     subject_kind="security", subject="01801", attribute="role", value="innovator",
    ...     known_at=Moment.parse("20181031"), status="packaged",
    ... ).id
    True

    """

    subject_kind: str
    subject: str
    attribute: str
    value: JsonValue
    known_at: Moment
    status: Status
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    source: str = ""
    document: str | None = None
    quote: Quote | None = None
    supersedes: str | None = None
    _content: str | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse what could never be answered: no subject, an empty interval, a retraction of nothing."""
        if not (self.subject_kind and self.subject and self.attribute):
            parts = f"{self.subject_kind!r}, {self.subject!r}, {self.attribute!r}"
            msg = f"a statement needs a subject kind, a subject and an attribute, not {parts}"
            raise ValueError(msg)
        if self.valid_from is not None and self.valid_to is not None and self.valid_to <= self.valid_from:
            msg = f"valid_to {self.valid_to} is not after valid_from {self.valid_from} (the end is exclusive)"
            raise ValueError(msg)
        if self.status == "retracted" and self.supersedes is None:
            msg = "a retraction needs the id of the statement that it takes back"
            raise ValueError(msg)
        if self.quote is not None and self.document is None:
            msg = "a quote needs the key of the document that it is cut from"
            raise ValueError(msg)

    @property
    def content(self) -> str:
        """Hash of everything stated, without what it supersedes: equal for a statement made anew."""
        if self._content is None:
            # Kept, because a statement is asked for its names several times while it is recorded.
            object.__setattr__(self, "_content", self._hashed())
        return self._content or ""

    def _hashed(self) -> str:
        known, quote, value = self.known_at, self.quote, self.value
        _refuse_floats(value)
        # The canonical JSON of the fields, in the order of their names. Written out here because building an encoder
        # for each of a million statements would take as long as storing them; a test holds it to the encoder's.
        text = encode_basestring
        at = known.at if known.at.tzinfo is dt.UTC else known.at.astimezone(dt.UTC)
        return _digest(
            f'{{"attribute":{text(self.attribute)},"document":{_text(self.document)},'
            f'"known_at":[{text(at.isoformat())},{text(known.precision)},'
            f"{'true' if known.zone_assumed else 'false'}],"
            f'"quote":{canonical_json([quote.exact, quote.prefix, quote.suffix, *quote.span]) if quote else "null"},'
            f'"source":{text(self.source)},"status":{text(self.status)},"subject":{text(self.subject)},'
            f'"subject_kind":{text(self.subject_kind)},'
            f'"valid_from":{_day(self.valid_from)},"valid_to":{_day(self.valid_to)},'
            f'"value":{text(value) if isinstance(value, str) else canonical_json(value)}}}'
        )

    @property
    def id(self) -> str:
        """SHA-256 of the content, and of the id superseded when there is one, as 64 hexadecimal digits."""
        return self.content if self.supersedes is None else _digest(f"{self.content} {self.supersedes}")


class Recorded(NamedTuple):
    """A statement as the ledger holds it: its id, when it was written down (UTC), and by which run."""

    id: str
    statement: Statement
    recorded_at: dt.datetime
    run: str | None


def withdrawal(was: Statement) -> Statement:
    """Return the retraction of a statement that its source no longer states.

    It is known from the same moment as the statement itself, because what changed is our reading and not
    the world: an answer about the past is mended, and the audit by ``recorded_at`` still shows the old one.
    """
    return Statement(
        subject_kind=was.subject_kind,
        subject=was.subject,
        attribute=was.attribute,
        value=WITHDRAWN,
        known_at=was.known_at,
        status="retracted",
        source=was.source,
        document=was.document,
        supersedes=was.id,
    )
