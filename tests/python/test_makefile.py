"""A target without a rule does nothing, and says nothing."""

from __future__ import annotations

import re
from pathlib import Path

MAKEFILE = (Path(__file__).resolve().parents[2] / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")


def test_every_phony_target_has_a_rule():
    (names,) = re.findall(r"^\.PHONY:(.*)$", MAKEFILE, flags=re.MULTILINE)
    assert len(names.split()) > 20
    for name in names.split():
        assert re.search(rf"^{re.escape(name)}:", MAKEFILE, flags=re.MULTILINE), name
