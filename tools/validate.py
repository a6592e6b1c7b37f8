"""Do the numbers mean anything? Prints the tables of docs/validation.md as Markdown, and which bars are met.

    python tools/validate.py [--region NAME=FILE[,codebook[,actor_system]]]... [--draws 1000] [--output FILE]

Without --region the two development regions of the folder that TOCSIN_SHARED names; where there is none, two simulated
ones, which show that the command works and say nothing about the world. A risk model is judged on a region only if it
was fitted on others: with one --region, on the development regions. Crises and militarised events come from ICB and MIE
in the same folder, unless --crises and --events name other files.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from validation.honesty import Honesty
from validation.nowcast import Nowcast
from validation.onset import Warning_
from validation.region import Region, RegionFile, development_files, shared_file
from validation.report import Bar, bar_table
from validation.simulated import simulated_region
from validation.surprise import Surprise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
