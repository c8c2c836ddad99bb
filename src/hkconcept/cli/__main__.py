"""``python -m hkconcept.cli``: the same as the ``hkconcept`` command."""

from hkconcept.cli import main

raise SystemExit(main())
