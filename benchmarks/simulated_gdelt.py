"""Daily event files in the shape of GDELT 2.0, as large as asked for: real rows drawn again and again, over many days.

    python benchmarks/simulated_gdelt.py FOLDER --megabytes 2048 [--zip] [--seed 1]

Whole rows are drawn from a real file of a quarter of an hour, found through TOCSIN_SHARED; each gets an identifier of
its own and a day, and keeps its lag between the event and its record. Without that file the rows are simulated.
"""

from __future__ import annotations

import argparse
import datetime as dt
import functools
import multiprocessing
import os
import random
import zipfile
from pathlib import Path

REAL_FILE = Path("data") / "gdelt2_20180101000000.export.CSV"
FIRST_DAY = dt.date(2018, 1, 1)
MEGABYTE = 1_000_000
FILE_BYTES = 64 * MEGABYTE
COLUMNS = 61
QUARTERS = 96  # of an hour: a daily file is a day's records one after the other
FIRST_EVENT = 700_000_000
EVENTS_A_DAY = 1_000_000  # identifiers, of which a file uses about 160,000

SIMULATED_ROWS = 2400
# Both columns name a country in a quarter of the rows, as in real ones.
COUNTRY_SHARES = (0.56, 0.44)
ACTOR_SHARES = (0.90, 0.70)
COUNTRIES = """\
USA GBR RUS CHN ISR PSE IRN SYR IND PAK FRA DEU TUR UKR AUS CAN NGA PRK KOR JPN EUR SAU IRQ AFG EGY MEX ZAF KEN ESP ITA
AFR POL GRC YEM LBY QAT ARE PHL IDN MYS THA VNM BGD LKA NPL MMR AZE ARM GEO KAZ SWE NOR DNK NLD BEL CHE AUT HUN SRB COL
VEN BRA ARG CHL PER CUB ETH SOM SDN ZWE UGA RWA COD GHA NZL IRL"""
CODES = """\
042 043 010 051 190 193 020 040 173 013 090 057 110 012 112 036 120 046 141 111 070 172 084 130 060 180 071 100 014 073
182 018 061 017 080 081 030 015 0874 026 160 181 138 145 129 0831 072 050 027 1711 163 192 045 031"""


def main() -> None:
    options = arguments()
    files = simulate(options.folder, options.megabytes, zipped=options.zip, seed=options.seed)
    size = sum(file.stat().st_size for file in files) / MEGABYTE
    print(f"{len(files)} files, {size:,.0f} MB, in {options.folder}, {origin()}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--megabytes", type=int, default=2048, help="before compression")
    parser.add_argument("--zip", action="store_true", help="one archive a day, as GDELT publishes them")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def simulate(folder: Path, megabytes: int, *, zipped: bool = False, seed: int = 1) -> list[Path]:
    """The files of the first days, at least this much before compression; those that exist are used again."""
    folder.mkdir(parents=True, exist_ok=True)
    number = -(-megabytes * MEGABYTE // FILE_BYTES)
    paths = [folder / f"{day_after(i):%Y%m%d}.export.CSV{'.zip' if zipped else ''}" for i in range(number)]
    missing = [i for i, path in enumerate(paths) if not path.exists()]
    if missing:
        with multiprocessing.Pool(min(len(missing), os.cpu_count() or 1)) as pool:
            pool.starmap(write_day, [(paths[i], i, seed) for i in missing], chunksize=1)
    return paths


def origin() -> str:
    return "drawn from real rows" if real_file() else "drawn from simulated rows: TOCSIN_SHARED names no real ones"


def day_after(days: int) -> dt.date:
    return FIRST_DAY + dt.timedelta(days=days)


# -------------------------------------------------------------------------------------------------------------- writing


def write_day(path: Path, index: int, seed: int) -> None:
    """A killed run leaves no half of a file."""
    lines = day_lines(index, seed)
    partial = path.with_name(path.name + ".part")
    if path.suffix == ".zip":
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            archive.writestr(path.stem, lines)
    else:
        partial.write_bytes(lines)
    partial.replace(path)


def day_lines(index: int, seed: int) -> bytes:
    """One day's records: the same for the same seed, whichever files are written with it."""
    draw = random.Random(f"{seed} {index}")
    day = day_after(index)
    rows = templates()
    fronts = {lag: dates(day - dt.timedelta(days=lag)) for lag in {row[0] for row in rows}}
    middles = [fronts[lag] + middle for lag, middle, _ in rows]
    ends = [end for _, _, end in rows]
    quarter_bytes = -(-FILE_BYTES // QUARTERS)
    event = FIRST_EVENT + index * EVENTS_A_DAY
    chunks = []
    for quarter in range(QUARTERS):
        added = b"\t%s%02d%02d00\t" % (f"{day:%Y%m%d}".encode(), quarter // 4, 15 * (quarter % 4))
        size = 0
        while size < quarter_bytes:
            drawn = draw.choices(range(len(rows)), k=50)
            chunk = b"".join([b"%d%s%s%s" % (event + i, middles[row], added, ends[row]) for i, row in enumerate(drawn)])
            event += len(drawn)
            size += len(chunk)
            chunks.append(chunk)
    return b"".join(chunks)


def dates(day: dt.date) -> bytes:
    """SQLDATE, MonthYear, Year and FractionDate, which takes every month for 30 days."""
    fraction = day.year + (30 * (day.month - 1) + day.day) / 365
    return f"\t{day:%Y%m%d}\t{day:%Y%m}\t{day.year}\t{fraction:.4f}\t".encode()


# ------------------------------------------------------------------------------------------------------------ templates


@functools.cache
def templates() -> list[tuple[int, bytes, bytes]]:
    """What stays of each row: its lag in days, the fields from the first actor's code on, and the address."""
    path = real_file()
    if path is None:
        return [simulated_row(random.Random(i)) for i in range(SIMULATED_ROWS)]
    rows = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        fields = line.split(b"\t")
        if len(fields) != COLUMNS:
            raise SystemExit(f"{path}:{number}: expected {COLUMNS} fields, found {len(fields)}")
        lag = date_of(fields[59][:8]) - date_of(fields[1])
        rows.append((lag.days, b"\t".join(fields[5:59]), fields[60] + b"\n"))
    return rows


def real_file() -> Path | None:
    shared = os.environ.get("TOCSIN_SHARED")
    path = Path(shared) / REAL_FILE if shared else None
    return path if path and path.exists() else None


def date_of(text: bytes) -> dt.date:
    return dt.date(int(text[:4]), int(text[4:6]), int(text[6:8]))


def simulated_row(draw: random.Random) -> tuple[int, bytes, bytes]:
    """Lengths and empty fields are those of real rows; countries and codes are the common ones, the first ones most."""
    lag = draw.choices([0, 1, 7, 30, 365], weights=[980, 6, 6, 6, 2])[0]
    code = common(CODES.split(), draw)
    actors = [simulated_actor(draw, *shares) for shares in zip(ACTOR_SHARES, COUNTRY_SHARES, strict=True)]
    mentions = str(draw.choice([1, 2, 4, 5, 6, 10, 18, 20]))
    act = ["1", code, code[:3], code[:2], "1234"[min(int(code[:2]) // 6, 3)], f"{draw.uniform(-10, 10):.1f}"]
    weight = [mentions, "1", mentions, f"{draw.uniform(-8, 4):.14f}"]
    places = [simulated_place(draw, share) for share in (0.85, 0.65, 0.95)]
    address = f"http://news.example/{draw.randrange(10**9)}/" + "long-headline-" * 5 + "\n"
    fields = [*actors[0], *actors[1], *act, *weight, *(field for place in places for field in place)]
    return lag, "\t".join(fields).encode(), address.encode()


def simulated_actor(draw: random.Random, actor_share: float, country_share: float) -> list[str]:
    if draw.random() >= actor_share:
        return [""] * 10
    is_country = draw.random() < country_share / actor_share
    country = common(COUNTRIES.split(), draw) if is_country else ""
    role = draw.choice(["GOV", "COP", "MIL", "EDU", "BUS"]) if not is_country or draw.random() < 0.3 else ""
    return [country + role, "UNITED NATIONS"[: draw.randint(5, 14)], country, "", "", "", "", role, "", ""]


def simulated_place(draw: random.Random, share: float) -> list[str]:
    if draw.random() >= share:
        return ["0", *[""] * 7]
    latitude, longitude = f"{draw.uniform(-60, 70):.4f}", f"{draw.uniform(-180, 180):.4f}"
    return ["4", "Somewhere, Some Region, Some Country", "US", "USMO", "40118", latitude, longitude, "-2602512"]


def common(values: list[str], draw: random.Random) -> str:
    return draw.choices(values, weights=[1 / (3 + i) for i in range(len(values))])[0]


if __name__ == "__main__":
    main()
