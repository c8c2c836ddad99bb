"""Figures that a text states, the relations it claims between them, and whether they hold."""

from hkconcept.claims.asked import as_asked
from hkconcept.claims.figures import find_figures
from hkconcept.claims.registers import Total, check_against_registers
from hkconcept.claims.scopes import with_register_scopes
from hkconcept.claims.verify import check_figures

__all__ = ["Total", "as_asked", "check_against_registers", "check_figures", "find_figures", "with_register_scopes"]
