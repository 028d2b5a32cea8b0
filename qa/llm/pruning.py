"""A copy of a language model with its first layers alone: the one door to gguf."""

from __future__ import annotations

import os
from pathlib import Path

from index.errors import InputError, cause_of


def keep_first_layers(source: Path, target: Path, layers: int) -> None:
    """Writes a copy of a GGUF file with so many layers and the vocabulary's vectors, which also serve as output.

    Raises InputError: the file is no GGUF, or the copy cannot be written.
    """
    from gguf import GGUFReader, GGUFValueType, GGUFWriter

    written = target.with_suffix(f".{os.getpid()}.part")
    try:
        whole = GGUFReader(source)
        architecture = whole.get_field("general.architecture")
        if architecture is None:
            raise ValueError("it states no architecture")
        copy = GGUFWriter(written, architecture.contents())
        for field in whole.fields.values():
            if field.name.startswith("GGUF.") or field is architecture:
                continue
            value = layers if field.name.endswith(".block_count") else field.contents()
            listed = field.types[-1] if field.types[0] == GGUFValueType.ARRAY else None
            copy.add_key_value(field.name, value, field.types[0], listed)
        for tensor in whole.tensors:
            block = tensor.name.split(".")[1] if tensor.name.startswith("blk.") else "0"
            if int(block) < layers and tensor.name != "output.weight":
                copy.add_tensor(tensor.name, tensor.data, raw_dtype=tensor.tensor_type)
        copy.write_header_to_file()
        copy.write_kv_data_to_file()
        copy.write_tensors_to_file()
        copy.close()
        written.replace(target)
    except (OSError, ValueError) as error:
        raise InputError(
            f"No copy of the first layers of {source} could be written to {target.parent} ({cause_of(error)})."
        ) from error
    finally:
        written.unlink(missing_ok=True)
