"""What a reader waits for at the page, and what the page and its server hold in memory after many questions.

``python tests/bench/bench_page.py [--questions N]`` starts ``byline chat`` over the articles in
``../shared/xquad-dev``, cold and warm in turn, and opens the page in a headless Chromium that is running already but
has not seen the page. For a cold start the kernel is first asked to forget the files of Python, of the environment, of
the models and of the library (``posix_fadvise``, POSIX_FADV_DONTNEED), for which nobody has to be root. It keeps those
that are open as code in some program, so that nothing else should run from them meanwhile; what the server had to read
from the disk stands beside the times.

The page is usable when it has been painted and the question box takes a question. One is asked in that very moment,
while the models load. The server is ended by Ctrl+C while the tab is open. After the last start one tab asks all
questions, one after another in one conversation, without a debugger, which would keep all that the page receives.
Every other question stands in the box for a moment before Enter, as one that is typed does; the others are pasted.
Then some are asked again, and Stop is pressed as soon as there is evidence, while the model begins to answer.
Memory is that of the page's and of the server's process, each with its share of what it has in common with others
(PSS); of the page also what its scripts hold, and the nodes of its document, all some seconds after its garbage was
collected. It is noted when the first questions have brought everything into memory, and at the end. Where it has grown
by more than 5 % the exit status is 1.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil
from page_server import PATIENCE, Chromium, Server, byline
from playwright.sync_api import Browser, Page, sync_playwright
from results import ROOT, circumstances, markdown_table, write_section
from rich.console import Console
from rich.progress import track

from index.models.local import models_folder
from qa.evaluation.question_files import read_questions
from qa.evaluation.running import sample

SHARED = ROOT.parent / "shared" / "xquad-dev"
SECTION = "The page"
FIRST = 30
"""Questions after which everything is in memory, and the page shows as many as it ever does."""
MOST_GROWTH = 1.05
"""Of the memory of the page and of the server, after all questions over that after the first; more is a failure."""
SETTLE_SECONDS = 5
"""Until the browser has given back what its garbage took."""

_USABLE = """() => {
    const box = document.querySelector("#question textarea");
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    if (!paint || !box || box.disabled || !box.getClientRects().length) return null;
    return [performance.timeOrigin + paint.startTime, performance.timeOrigin + performance.now()];
}"""
"""When the page was first painted, and now, where it can be used: milliseconds since 1970."""

TYPED, PASTED = 300, 10
"""Milliseconds that a question stands in the box before Enter: after its last key, or after it was pasted."""

STOPPED = 20
"""Questions that are stopped."""

_ASK = """async ([questions, pauses, isStopped]) => {
    const box = document.querySelector("#question textarea");
    const latest = () => [...document.querySelectorAll(".turn")].at(-1);
    const next = () => new Promise((go) => setTimeout(go, 10)); // frames come only while a debugger looks
    window.waits = [];
    window.stops = [];
    for (const [i, question] of questions.entries()) {
        const before = latest()?.dataset.turn;
        const asked = () => latest()?.dataset.turn === before ? null : latest();
        box.value = question;
        box.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise((go) => setTimeout(go, pauses[i % pauses.length]));
        const entered = performance.now();
        box.dispatchEvent(new KeyboardEvent("keypress", { key: "Enter", bubbles: true, cancelable: true }));
        let [wait, pressed] = [null, null];
        while (!asked() || asked().matches(".busy")) {
            await next();
            if (wait !== null || !asked()?.querySelector(".quotation")) continue;
            wait = performance.now() - entered;
            if (!isStopped || !asked().matches(".busy")) continue;
            pressed = performance.now();
            document.querySelector("#stop").click();
        }
        window.waits.push(wait);
        if (pressed !== null && asked().querySelector(".stopped")) window.stops.push(performance.now() - pressed);
        document.title = `${i + 1} asked`;
    }
}"""
"""Asks, after the pauses in turn, and notes the milliseconds from Enter to a quotation on the screen; null without.

The title tells how many have their answers. Where they are stopped then, it also notes those from Stop to the end, for
each that did not end by itself.
"""


@dataclass(frozen=True)
class Start:
    """Seconds."""

    reachable: float
    painted: float
    usable: float
    evidence: float
    """From Enter on."""
    ended: float
    """From Ctrl+C on."""
    read: float
    """Megabytes that the server had read from the disk when its page was usable."""


@dataclass(frozen=True)
class Memory:
    """Megabytes, and the number of nodes."""

    scripts: float
    nodes: float
    page: float
    server: float


@dataclass(frozen=True)
class Asked:
    """What one tab that asks all questions sees; seconds."""

    waits: dict[str, list[float]]
    """From Enter to the first evidence, of those typed and of those pasted."""
    stops: list[float]
    """From Stop to the end."""
    before: Memory
    """After the first questions."""
    after: Memory
    """After all."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--starts", type=int, default=5, help="how often it is started cold, and warm")
    parser.add_argument("--model", default="0.5b")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"{SHARED} is not there; put the question sets beside this checkout.")
    facts = circumstances({"model": options.model, "starts": f"{options.starts} cold, {options.starts} warm"})
    texts = {file.stem: file.read_text(encoding="utf-8") for file in (SHARED / "articles").glob("*.txt")}
    known = list(read_questions(SHARED / "questions.jsonl", texts).questions)
    questions = [question.text for question in sample(known, options.questions, options.seed)]
    starts: dict[str, list[Start]] = {"cold": [], "warm": []}
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name,
        sync_playwright() as playwright,
        Chromium(playwright, Path(name) / "profile") as chromium,
    ):
        folder = Path(name)
        command, log = byline(folder / "library", options.model), folder / "log"
        adding = [*command, "add", str(SHARED / "articles")]
        subprocess.run(adding, check=True, stdout=subprocess.DEVNULL, cwd=ROOT, timeout=PATIENCE / 1000)
        os.sync()  # what has not been written yet would not be forgotten
        for number in track(range(2 * options.starts), "Starting", console=Console(stderr=True)):
            kind = "warm" if number % 2 else "cold"
            if kind == "cold":
                forget([Path(sys.prefix), Path(sysconfig.get_path("stdlib")), models_folder(), folder / "library"])
            starts[kind].append(started(command, log, chromium, questions[0]))
        seen = asked(command, log, chromium, questions)
    tables = [of_starts(starts), of_waits(seen), of_memory(seen.before, seen.after, questions)]
    print(*tables, sep="\n\n")
    write_section(SECTION, facts, "\n\n".join(tables))
    grown = [what for what in ("page", "server") if asdict(seen.after)[what] > MOST_GROWTH * asdict(seen.before)[what]]
    if grown:
        sys.exit(f"Memory grew by more than {MOST_GROWTH - 1:.0%}: {' and '.join(grown)}")


def forget(folders: Iterable[Path]) -> None:
    """Asks the kernel to forget what the files hold that lie in the folders."""
    for file in (file for folder in folders for file in folder.rglob("*")):
        if file.is_file():
            descriptor = os.open(file, os.O_RDONLY)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(descriptor)


def opened(server: Server, page: Page) -> tuple[float, float]:
    """Opens the server's page; the seconds to its first paint and until it is usable."""
    page.set_default_timeout(PATIENCE)
    page.goto(server.address, wait_until="commit")
    painted, usable = page.wait_for_function(_USABLE).json_value()
    return painted / 1000 - server.began, usable / 1000 - server.began


def started(command: Sequence[str], log: Path, chromium: Chromium, question: str) -> Start:
    """What is waited for from the command to the first evidence, and until all has ended."""
    with chromium.attached() as browser, browser.new_context() as profile, Server(command, log) as server:
        page = profile.new_page()
        painted, usable = opened(server, page)
        read = server.process.io_counters().read_bytes / 1e6
        begin(page, [question], pauses=[PASTED])
        page.wait_for_function("document.title === '1 asked'")
        (wait,) = page.evaluate("waits")
        return Start(server.reachable, painted, usable, wait / 1000, server.end(), read)


def asked(command: Sequence[str], log: Path, chromium: Chromium, questions: Sequence[str]) -> Asked:
    """What is measured while one tab asks all questions. The first ones are an even number."""
    waits: list[float | None] = []
    noted = []
    first, rest, again = questions[:FIRST], questions[FIRST:], questions[:STOPPED]
    with Server(command, log) as server:
        with chromium.attached() as browser:
            opened(server, the_page(browser))
            begin(the_page(browser), first)
        for part, following in ((first, rest), (rest, again)):
            with asked_all(part, chromium) as browser:
                waits += the_page(browser).evaluate("waits")
                noted.append(memory(browser, server))
                begin(the_page(browser), following, is_stopped=following is again)
        with asked_all(again, chromium) as browser:
            stops = the_page(browser).evaluate("stops")
    ways = {"typed": waits[2::2], "pasted": waits[1::2]}  # the first waits for the models
    seen = {way: [wait / 1000 for wait in found if wait is not None] for way, found in ways.items()}
    return Asked(seen, [stop / 1000 for stop in stops], noted[0], noted[1])


def begin(
    page: Page, questions: Sequence[str], is_stopped: bool = False, pauses: Sequence[int] = (TYPED, PASTED)
) -> None:
    """Lets the page ask by itself."""
    page.evaluate(
        f"asked => {{ document.title = '0 asked'; void ({_ASK})(asked); }}", [questions, list(pauses), is_stopped]
    )


@contextmanager
def asked_all(questions: Sequence[str], chromium: Chromium) -> Iterator[Browser]:
    """The browser, once its page has asked them.

    Raises RuntimeError: no answer came for as long as anything may take.
    """
    before, deadline = [""], 0.0
    with Console(stderr=True).status("Asking") as status:
        while f"{len(questions)} asked" not in (told := chromium.titles()):
            if told != before:
                before, deadline = told, time.time() + PATIENCE / 1000
                status.update(f"Asking: {' '.join(told)} of {len(questions)}")
            elif time.time() > deadline:
                raise RuntimeError(f"No answer came for {PATIENCE / 1000:.0f} s; the page tells: {' '.join(told)}")
            time.sleep(1)
    with chromium.attached() as browser:
        yield browser


def the_page(browser: Browser) -> Page:
    """The tab that the browser began with: one in the background would be slowed down."""
    return browser.contexts[0].pages[0]


def memory(browser: Browser, server: Server) -> Memory:
    """What the page, the only one of the browser, and the server hold."""
    session = browser.contexts[0].new_cdp_session(the_page(browser))
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
        session.send("Memory.simulatePressureNotification", {"level": "critical"})
        time.sleep(SETTLE_SECONDS)
    session.send("Performance.enable")
    of_page = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    renderers = [held(process["id"]) for process in processes if process["type"] == "renderer"]
    return Memory(of_page["JSHeapUsedSize"] / 1e6, of_page["Nodes"], max(renderers), held(server.process.pid))


def held(process: int) -> float:
    """Megabytes."""
    return float(psutil.Process(process).memory_full_info().pss / 1e6)


def of_starts(starts: dict[str, list[Start]]) -> str:
    columns = {
        "reachable": "server reachable",
        "painted": "first paint",
        "usable": "page usable",
        "evidence": "first evidence, asked at once",
        "ended": "ended after Ctrl+C",
        "read": "read from the disk",
    }
    rows = []
    for kind, measured in starts.items():
        medians = {name: statistics.median(asdict(start)[name] for start in measured) for name in columns}
        shown = [f"{value:.0f} MB" if name == "read" else f"{value:.2f} s" for name, value in medians.items()]
        rows.append([kind, *shown])
    return markdown_table(["start", *columns.values()], rows)


def of_waits(seen: Asked) -> str:
    measured = {f"from Enter to the first evidence on screen, {way}": waits for way, waits in seen.waits.items()}
    measured["from Stop to the end"] = seen.stops
    rows = []
    for what, waits in measured.items():
        known = (statistics.median(waits), statistics.quantiles(waits, n=20)[-1]) if len(waits) > 1 else ()
        rows.append([what, str(len(waits)), *([f"{figure:.3f} s" for figure in known] or ["-", "-"])])
    return markdown_table(["wait", "questions", "median", "p95"], rows)


def of_memory(before: Memory, after: Memory, questions: Sequence[str]) -> str:
    rows = []
    for what, name, unit in (
        ("page, its scripts", "scripts", " MB"),
        ("page, nodes of its document", "nodes", ""),
        ("page, its process", "page", " MB"),
        ("server, its process", "server", " MB"),
    ):
        first, last = asdict(before)[name], asdict(after)[name]
        rows.append([what, f"{first:,.0f}{unit}", f"{last:,.0f}{unit}", f"{100 * (last / first - 1):+.1f} %"])
    count = len(questions)
    return markdown_table(["memory", f"after {min(FIRST, count)} questions", f"after {count}", "growth"], rows)


if __name__ == "__main__":
    main()
