"""Which machines may be asked: those of the public internet, never this one or its neighbours.

A page could otherwise send the program, by a redirect or by what its name resolves to, to a router or a server that
only this machine reaches (server-side request forgery). So a name is resolved once, every address of it has to be
public, and the connection goes to just that address.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable
from urllib.parse import quote, urlsplit, urlunsplit

from index.errors import InputError

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Rule = Callable[[IP], bool]
"""Whether a machine at this address may be asked."""

_LONGEST = 2000
"""Characters of an address. Chosen by eye."""
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|[0-9a-f:.]+")
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that lead to the IPv4 address in their last four bytes: RFC 6052."""


def is_public(address: IP) -> bool:
    """Whether an address is of the public internet, also where it wraps up another.

    >>> [is_public(ipaddress.ip_address(each)) for each in ("9.9.9.9", "10.0.0.1", "::ffff:127.0.0.1", "169.254.1.1")]
    [True, False, False, False]
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def is_address(text: str) -> bool:
    """Whether what a person gave is an address on the web and no path.

    >>> is_address("https://example.org/a"), is_address("articles/a.txt")
    (True, False)
    """
    return text.strip().casefold().startswith(("http://", "https://"))


def normal(url: str) -> str:
    """The address as it is asked for: its host in ASCII, its letters encoded, without what stands behind ``#``.

    Raises InputError: it is none, or holds a password.

    >>> normal("HTTPS://Bücher.example/Straße 1?q=ü#top")
    'https://xn--bcher-kva.example/Stra%C3%9Fe%201?q=%C3%BC'
    """
    url = url.strip()
    shown = url if len(url) <= 80 else f"{url[:80]}…"
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except (ValueError, UnicodeError) as error:
        raise InputError(f'"{shown}" is no address on the web; check it.') from error
    if not _HOST.fullmatch(host) or parts.scheme not in ("http", "https") or len(url) > _LONGEST:
        raise InputError(f'"{shown}" is no address on the web; check it.')
    if parts.username is not None:
        raise InputError(f"The address of {host} holds a user name; give it without one.")
    named = f"[{host}]" if ":" in host else host
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return urlunsplit((parts.scheme, f"{named}:{port}" if port else named, path, query, ""))


def resolved(host: str, port: int, may_ask: Rule) -> list[str]:
    """The addresses that a name leads to, all of which may be asked.

    Raises InputError: one may not; OSError: there is none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not may_ask(ipaddress.ip_address(address.partition("%")[0])):
            raise InputError(f"{host} leads to {address}, which is no machine on the public web; it is not asked.")
    return addresses
