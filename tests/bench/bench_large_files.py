"""How much memory adding very large files takes: the most that the program and the process that reads a PDF held.

    python tests/bench/bench_large_files.py [--lines 100000] [--pdf 500] [--mbox 300] [--counted]

Makes a JSON Lines file of so many articles, a PDF and a mailbox of so many megabytes, and adds each to a library of its
own by the command line. ``--counted`` puts counted words in the place of the embedder, which spares hours.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

PLACES = ("river", "bridge", "harbour", "school", "market", "library", "station", "court", "hospital", "tunnel")
DONE = ("closed", "opened", "sold", "repaired", "searched", "painted", "visited", "measured")
COUNTED = (
    "import ui.commands.chosen as chosen; from fakes import WordEmbedder; chosen.open_embedder = WordEmbedder; "
    "from ui.cli import main; main()"
)
"""The program with counted words in the place of the embedder."""
PAGE_MEGABYTES = 4.0
"""Of the picture on each page of the PDF."""


def sentences(count: int, chance: random.Random) -> str:
    return " ".join(
        f"The {chance.choice(PLACES)} was {chance.choice(DONE)} by {chance.randint(2, 9999)} people near the "
        f"{chance.choice(PLACES)}."
        for _ in range(count)
    )


def write_lines(path: Path, lines: int) -> None:
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        for number in range(lines):
            record = {"title": f"Report {number}", "date": "2024-03-12", "text": sentences(4, chance)}
            file.write(json.dumps(record) + "\n")


def write_mbox(path: Path, megabytes: int) -> None:
    chance, number = random.Random(2), 0
    attached = ("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0\n" * 2000).encode()
    with path.open("wb") as file:
        while file.tell() < megabytes * 1_000_000:
            number += 1
            file.write(
                f"From a@b.c Mon Jan  1 00:00:00 2024\nFrom: Ann <a@b.c>\nSubject: Letter {number}\n"
                f"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\n"
                f"{sentences(5, chance)}\n\n--x\nContent-Disposition: attachment; filename=a.bin\n"
                "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n".encode()
            )
            file.write(attached + b"--x--\n\n")


def write_pdf(path: Path, megabytes: int) -> None:
    """A PDF with a picture and twenty lines on each page."""
    chance, places = random.Random(3), dict[int, int]()
    side = int((PAGE_MEGABYTES * 1_000_000 / 3) ** 0.5)
    pages = max(1, round(megabytes / PAGE_MEGABYTES))
    with path.open("wb") as file:

        def put(number: int, head: str, stream: bytes | None = None) -> None:
            places[number] = file.tell()
            body = head.encode() if stream is None else b"<<%s/Length %d>>stream\n" % (head.encode(), len(stream))
            file.write(
                b"%d 0 obj " % number + body + (b"" if stream is None else stream + b"\nendstream") + b" endobj\n"
            )

        file.write(b"%PDF-1.4\n")
        put(1, "<</Type/Catalog/Pages 2 0 R>>")
        kids = " ".join(f"{4 + 3 * page} 0 R" for page in range(pages))
        put(2, f"<</Type/Pages/Count {pages}/Kids[{kids}]>>")
        put(3, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
        for number in range(4, 4 + 3 * pages, 3):
            shown = f"/Resources<</Font<</F 3 0 R>>/XObject<</I {number + 2} 0 R>>>>"
            put(number, f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {number + 1} 0 R{shown}>>")
            lines = "".join(f"0 -14 Td ({sentences(1, chance)}) Tj " for _ in range(20))
            put(number + 1, "", f"q 90 0 0 90 50 50 cm /I Do Q BT /F 9 Tf 50 780 Td {lines}ET".encode())
            size = f"/Width {side}/Height {side}/ColorSpace/DeviceRGB/BitsPerComponent 8"
            put(number + 2, f"/Type/XObject/Subtype/Image{size}", chance.randbytes(3 * side * side))
        begun = file.tell()
        count = 4 + 3 * pages
        file.write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        file.write(b"".join(b"%010d 00000 n \n" % places[number] for number in range(1, count)))
        file.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, begun))


def child_environment() -> dict[str, str]:
    """The environment in which a child process finds the program and the tests' stand-ins."""
    room = Path(__file__).parents[1]
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(room.parent), str(room), *sys.path])}


def tell_peak(path: Path, library: Path, counted: bool) -> None:
    """Adds a file in a child process, and tells how many articles came of it and the most memory that it held."""
    command = [sys.executable, *(["-c", COUNTED] if counted else ["-m", "ui.cli"])]
    done = subprocess.run(
        [*command, "--library", str(library), "add", str(path)],
        env=child_environment(),
        capture_output=True,
        check=True,
    )
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1_000_000
    added, size = done.stdout.count(b"added "), path.stat().st_size / 1_000_000
    sys.stdout.write(f"{path.name}: {size:,.0f} MB, {added:,} articles, at most {most:,.0f} MB of memory\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--pdf", type=int, default=500)
    parser.add_argument("--mbox", type=int, default=300)
    parser.add_argument("--counted", action="store_true")
    options = parser.parse_args()
    makers: dict[str, tuple[Callable[[Path, int], None], int]] = {
        "lines.jsonl": (write_lines, options.lines),
        "pictures.pdf": (write_pdf, options.pdf),
        "letters.mbox": (write_mbox, options.mbox),
    }
    for name, (write, size) in makers.items():
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder) / name, size)
            if not (child := os.fork()):  # so that each tells its own peak
                tell_peak(Path(folder) / name, Path(folder) / "library", options.counted)
                os._exit(0)
            os.waitpid(child, 0)


if __name__ == "__main__":
    main()
