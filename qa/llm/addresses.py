"""The address of a server that a language model is asked at."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from index.errors import InputError


@dataclass(frozen=True)
class ServerAddress:
    """Where an OpenAI-compatible server is, and which of its models is meant."""

    base: str
    """Up to the path of its API, usually ``/v1``."""
    model: str
    """Empty where it is the only one there."""

    @property
    def is_here(self) -> bool:
        """Whether the server runs on this machine, so that questions and passages do not leave it."""
        return is_this_machine(urlsplit(self.base).hostname or "")

    def __str__(self) -> str:
        return f"{self.base}#{self.model}" if self.model else self.base


def is_server(text: str) -> bool:
    """Whether a text names a server rather than a file.

    >>> is_server("http://127.0.0.1:8000/v1#qwen"), is_server("0.5b")
    (True, False)
    """
    return text.lower().startswith(("http://", "https://"))


def server_address(text: str, allow_remote: bool = False) -> ServerAddress:
    """The address that a text gives as ``http://HOST:PORT/v1#NAME``; the name may be left out.

    >>> server_address("http://localhost:8000/v1/#qwen")
    ServerAddress(base='http://localhost:8000/v1', model='qwen')

    Raises InputError: it is malformed, or leads to another machine and that is not allowed.
    """
    base, _, model = text.partition("#")
    try:
        parts = urlsplit(base)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.query or parts.username or parts.password:
        raise InputError(f"{text} is no address of a server; give one such as http://127.0.0.1:8000/v1#NAME")
    address = ServerAddress(base.rstrip("/"), model)
    if not (allow_remote or address.is_here):
        raise InputError(
            f"{host} is another machine, and every question would be sent to it with the passages chosen for it; "
            "allow that with --allow-remote, or give a server on 127.0.0.1."
        )
    return address


def is_this_machine(host: str) -> bool:
    """Whether only programs on this machine reach a server at this host.

    >>> is_this_machine("127.0.0.1"), is_this_machine("localhost"), is_this_machine("0.0.0.0")
    (True, True, False)
    """
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
