"""What the options before the command choose: a server as language model, layers on a GPU."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from fakes import WordEmbedder, library_of
from serving import Scene, served

from index.errors import InputError
from index.home import data_folder, expanded
from qa.llm.server import ServerModel
from qa.reader.entailing import EntailingReader
from qa.reader.nearness import NearnessReader
from qa.reader.protocol import Text
from ui.commands.adding import _read_all
from ui.commands.chosen import (
    Chosen,
    choose,
    choose_beside,
    open_assistant,
    open_llm,
    open_reranker,
    with_judge,
)

ARTICLES = {"bridge.txt": "Bridge closed\n\nThe bridge at Ostrey is closed. Its repair costs two million crowns.\n"}


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    kept = {name: value for name, value in vars(Chosen).items() if not name.startswith("_")}
    yield
    for name, value in kept.items():
        setattr(Chosen, name, value)


def test_a_server_answers_with_the_key_of_the_environment_and_says_what_it_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    library = library_of(tmp_path, ARTICLES)
    scene = Scene("Its repair costs two million crowns.")
    monkeypatch.setenv("BYLINE_API_KEY", "secret")
    monkeypatch.setattr("ui.commands.chosen.open_reader", lambda library: None)
    with served(scene) as address:
        choose(library.folder, address)
        model = open_llm(library)
        assert isinstance(model, ServerModel)
        assert model.name == "scribe"
        open_assistant(library).close()
        told = capsys.readouterr().err
    assert told == f"Every question is sent to {address}, with the passages chosen for it.\n"


def test_a_server_on_another_machine_is_refused_before_any_command_runs() -> None:
    with pytest.raises(InputError, match="is another machine"):
        choose(None, "http://192.0.2.1:8000/v1")
    choose(None, "http://192.0.2.1:8000/v1", allow_remote=True)
    assert Chosen.allow_remote


def test_a_server_reads_nothing_ahead(tmp_path: Path) -> None:
    library = library_of(tmp_path, ARTICLES)
    with served(Scene("Yes.")) as address:
        choose(library.folder, address)
        with pytest.raises(InputError) as raised:
            _read_all(library)
    assert str(raised.value) == (
        "A server reads nothing ahead; leave out --warm, or name a model of this machine with --model"
    )


def test_layers_on_a_gpu_are_a_number_or_left_to_the_machine() -> None:
    choose(None, None)
    assert Chosen.gpu_layers is None
    choose(None, None, gpu_layers="12")
    assert Chosen.gpu_layers == 12
    with pytest.raises(InputError) as raised:
        choose(None, None, gpu_layers="many")
    assert str(raised.value) == "'many' is no number of layers; give one, or auto, with --gpu-layers"


def test_models_beside_the_others_are_used_where_they_are_named_and_only_loaded_when_needed(tmp_path: Path) -> None:
    choose_beside(None, None)
    reader = NearnessReader(WordEmbedder())
    assert open_reranker() is None
    assert with_judge(reader) is reader
    choose_beside("ms-marco", str(tmp_path))  # known, but not on this machine, and a folder that holds none
    judged = with_judge(reader)
    assert isinstance(judged, EntailingReader)
    reranker = open_reranker()
    assert reranker is not None
    with pytest.raises(InputError) as raised:
        reranker.scores([("Who closed it?", "The bridge is closed.")])
    assert str(raised.value) == (
        "The model ms-marco-MiniLM-L6-v2 is not fetched yet: run `byline models fetch ms-marco-MiniLM-L6-v2`."
    )
    with pytest.raises(InputError, match=r"^The judge .* cannot be loaded"):
        judged.stated("", "The bridge is closed now.", Text("Bridge", ("The bridge is closed.",)))
    with pytest.raises(InputError, match=r"^There is no model 'nli-tiny': the known ones are nli-deberta-v3-base;"):
        choose_beside(None, "nli-tiny")


def test_a_user_without_a_home_is_told_what_to_name_and_needs_none_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(uid: int) -> NoReturn:
        raise KeyError(uid)

    for name in ("HOME", "XDG_DATA_HOME", "BYLINE_LIBRARY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", unknown)
    with pytest.raises(InputError, match=r"^This user has no home folder; name the library's folder with --library"):
        data_folder()
    assert expanded(" ~/news ") == Path("~/news")
    choose(str(tmp_path / "library"), None)
    assert Chosen.library == tmp_path / "library"


@pytest.mark.models
def test_an_answer_names_the_model_by_its_file_however_it_was_chosen(tmp_path: Path) -> None:
    choose(tmp_path / "library", "0.5b")
    assistant = open_assistant(library_of(tmp_path, ARTICLES))
    assert assistant.model_name == "qwen2.5-coder-0.5b-instruct-q4_k_m"
    assistant.close()
