"""The options of ``hkconcept read``."""

from __future__ import annotations

import argparse

from hkconcept.cli.options.shared import source

__all__ = ["DESCRIPTION", "HELP", "add"]

HELP = "show what is read from a document: title, moment of publication, encoding, text; as JSON"
DESCRIPTION = None


def add(parser: argparse.ArgumentParser) -> None:
    """Give the parser of the verb its options."""
    source(parser, sample=True)
