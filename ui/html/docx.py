"""A notebook as a Word file with footnotes: the parts that Office Open XML (ECMA-376, part 1) asks for, zipped."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from index.store.readers.notebooks import Note
from ui.html.files import STATIC
from ui.html.notebook import document

_PARTS = {
    "[Content_Types].xml": "content_types.xml.jinja",
    "_rels/.rels": "rels.xml.jinja",
    "word/_rels/document.xml.rels": "document_rels.xml.jinja",
    "word/document.xml": "document.xml.jinja",
    "word/footnotes.xml": "footnotes.xml.jinja",
    "word/styles.xml": "styles.xml.jinja",
}
"""Where each part stands in the file, and its template."""
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SAME_TIME = (1980, 1, 1, 0, 0, 0)
"""Of every part: the same notes make the same file."""


def notebook_docx(name: str, notes: Sequence[Note]) -> bytes:
    """The notebook as the bytes of a ``.docx`` file."""
    environment = Environment(
        loader=FileSystemLoader(STATIC / "docx"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: _NO_XML.sub("", value) if isinstance(value, str) else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made = document(name, notes)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for place, template in _PARTS.items():
            file.writestr(zipfile.ZipInfo(place, _SAME_TIME), environment.get_template(template).render(made=made))
    return written.getvalue()
