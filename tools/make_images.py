"""Draw the pictures of README.md. Run as: python tools/make_images.py (needs the package with its charts)."""

from __future__ import annotations

from pathlib import Path

import tocsin
from tocsin import plots

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"


def main() -> None:
    """Write every picture anew."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    scores = tocsin.score(tocsin.load_example("kashmir-2025"), intervals="all")
    target = IMAGES / "kashmir-2025.svg"
    target.write_text(plots.chart_svg(scores, "IND-PAK"), encoding="utf-8")
    print(f"wrote {target}")


if __name__ == "__main__":
    main()
