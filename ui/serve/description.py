"""The page that shows what the server offers: its own description, and nothing fetched from elsewhere."""

from __future__ import annotations

import json
from html import escape
from typing import Any

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
    "code,pre{font-family:ui-monospace,monospace}pre{overflow:auto;background:#8881;padding:.75rem}"
    "h2{margin-top:2rem;font-size:1.1rem}:root{color-scheme:light dark}"
)


def described(description: dict[str, Any]) -> str:
    """A page in HTML of an OpenAPI description."""
    sections = [
        _section(method.upper(), path, operation, description)
        for path, operations in description["paths"].items()
        for method, operation in operations.items()
    ]
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Byline for programs</title>'
        f"<style>{_STYLE}</style></head><body><h1>Byline for programs</h1>"
        '<p>The whole description, as tools read it: <a href="/openapi.json">openapi.json</a>. A server that was '
        "started with keys wants one of them as <code>Authorization: Bearer KEY</code>.</p>"
        f"{''.join(sections)}</body></html>"
    )


def _section(method: str, path: str, operation: dict[str, Any], description: dict[str, Any]) -> str:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    name = body.get("$ref", "").rpartition("/")[2]
    schema = description["components"]["schemas"].get(name, {})
    sent = f"<pre>{escape(json.dumps(schema.get('properties'), indent=1, ensure_ascii=False))}</pre>" if schema else ""
    statuses = "; ".join(
        f"{escape(status)} {escape(answer['description'])}" for status, answer in operation["responses"].items()
    )
    return (
        f"<h2><code>{method} {escape(path)}</code></h2><p>{escape(operation.get('summary', ''))}</p>{sent}"
        f"<p><small>{statuses}</small></p>"
    )
