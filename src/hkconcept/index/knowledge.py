"""What is known before an opening: who belongs, shares, free float and scores; an older state replaces no newer one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hkconcept.index.reviewing import Sizes

if TYPE_CHECKING:
    from hkconcept.index.inputs import Inputs
    from hkconcept.market.arrays import Floats

__all__ = ["Knowledge"]


class Knowledge:
    """Facts in force per security, taken in as sessions pass.

    ``inside`` says who belongs to the membership, ``gone`` who is delisted, ``roles`` the latest role.
    """

    def __init__(self, inputs: Inputs) -> None:
        """Know nothing yet."""
        n = len(inputs.panel.codes)
        self._inputs = inputs
        self._next_member = self._next_share = self._next_score = 0
        self._member_due, self._shares_due, self._score_due = np.full(n, -1), np.full(n, -1), np.full(n, -1)
        self._splits: dict[int, list[tuple[int, float]]] = {}
        self._last_split = np.full(n, -1)
        self.inside = np.zeros(n, dtype=np.bool)
        self.gone = np.zeros(n, dtype=np.bool)
        self.roles = [""] * n
        self.shares, self.free_float, self.score = np.zeros(n), np.ones(n), np.zeros(n)

    def learn(self, until: int) -> None:
        """Take in the rows that count up to a session."""
        rows = self._inputs.members
        while self._next_member < len(rows) and rows.at[self._next_member] <= until:
            n, i = self._next_member, int(rows.code[self._next_member])
            if rows.due[n] >= self._member_due[i]:
                self._member_due[i] = rows.due[n]
                self.inside[i] = rows.values["change"][n] == "in"
                self.roles[i] = str(rows.values["role"][n]) or self.roles[i]
            self._next_member += 1
        self._learn_shares(until)
        self._learn_scores(until)

    def sizes(self, price: Floats) -> Sizes:
        """Return what securities are weighted by at given prices."""
        return Sizes(price, self.shares, self.free_float, self.score)

    def new_shares(self, i: int, due: int, ratio: float) -> None:
        """Take each share of a security as ``ratio`` shares from session ``due`` on.

        A row effective since then counts them already; one effective before, known later, is taken times the ratio.
        """
        self._splits.setdefault(i, []).append((due, ratio))
        self._last_split[i] = max(int(self._last_split[i]), due)
        if self._shares_due[i] < due:
            self.shares[i] *= ratio

    def _learn_shares(self, until: int) -> None:
        rows = self._inputs.share_rows
        end = int(np.searchsorted(rows.at, until, side="right"))
        if end <= self._next_share:
            return
        part = slice(self._next_share, end)
        self._next_share = end
        order = np.argsort(rows.due[part], kind="stable")
        code, due = rows.code[part][order], rows.due[part][order]
        shares = np.asarray(rows.values["shares"][part][order], dtype=np.float64)
        free_float = rows.values["free_float"][part][order]
        newer = due >= self._shares_due[code]
        code, due, shares, free_float = code[newer], due[newer], shares[newer], free_float[newer]
        for n in np.flatnonzero(due < self._last_split[code]).tolist():
            for at, ratio in self._splits[int(code[n])]:
                shares[n] *= ratio if due[n] < at else 1.0
        self.shares[code], self.free_float[code], self._shares_due[code] = shares, free_float, due

    def _learn_scores(self, until: int) -> None:
        rows = self._inputs.score_rows
        end = int(np.searchsorted(rows.at, until, side="right"))
        for n in range(self._next_score, end):
            i = rows.code[n]
            if rows.due[n] >= self._score_due[i]:
                self._score_due[i], self.score[i] = rows.due[n], rows.values["score"][n]
        self._next_score = max(end, self._next_score)
