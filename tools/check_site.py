"""Fails where a page of the built site would ask another machine for something: `check_site.py FOLDER`.

A link to elsewhere is a link; a script, style, font or image from elsewhere is a request that a page without a network
does not get, and that tells others who reads it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ELSEWHERE = r"(?:https?:)?//"
REQUESTS = {
    ".html": [
        rf"<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*?\b(?:src|data|srcset)\s*=\s*[\"']?{ELSEWHERE}[^>]*",
        rf"<link\b(?=[^>]*\brel\s*=\s*[\"']?(?:stylesheet|preload|preconnect|icon|manifest|dns-prefetch))[^>]*\bhref\s*=\s*[\"']?{ELSEWHERE}[^>]*",
        rf"\bimport\b[^\"'<;]{{0,200}}[\"']{ELSEWHERE}[^\"']*",
        rf"require\.config\(.{{0,200}}{ELSEWHERE}[^\"']*",
    ],
    ".css": [rf"@import\s+(?:url\()?[\"']?{ELSEWHERE}[^;]*", rf"url\(\s*[\"']?{ELSEWHERE}[^)]*"],
    ".svg": [rf"(?:href|src)\s*=\s*[\"']{ELSEWHERE}[^\"']*", rf"url\(\s*[\"']?{ELSEWHERE}[^)]*"],
}


def requests_of(path: Path) -> list[str]:
    """What a browser would fetch from elsewhere for this file."""
    text = path.read_text(encoding="utf-8", errors="replace")
    patterns = REQUESTS[path.suffix] + (REQUESTS[".css"] if path.suffix == ".html" else [])
    return [found.group(0)[:160] for pattern in patterns for found in re.finditer(pattern, text, flags=re.IGNORECASE)]


def main(folder: Path) -> int:
    """Report of all pages; 1 where one of them asks for something."""
    pages = [path for path in sorted(folder.rglob("*")) if path.suffix in REQUESTS]
    if not any(path.suffix == ".html" for path in pages):
        print(f"{folder}: there is no page in it", file=sys.stderr)
        return 1
    faults = [f"{path}: {found}" for path in pages for found in requests_of(path)]
    print("\n".join(faults) if faults else f"{len(pages)} files of the site ask no other machine for anything")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
