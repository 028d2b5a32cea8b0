"""Addresses on the web, and which of them may be requested: only those of the public internet.

A page could otherwise send the program, by a redirect or by what its name resolves to, to a router or a server that
only this machine reaches (server-side request forgery). So a name is resolved once, every address of it has to be
public, and the connection goes to just that address.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from index.errors import InputError

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Rule = Callable[[IP], bool]
"""Given an IP address, returns whether a request may be sent to it."""

_LONGEST = 2000
"""Characters of the longest URL that is accepted. Chosen by eye."""
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|[0-9a-f:.]+")
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that lead to the IPv4 address in their last four bytes: RFC 6052."""


class NotPublicError(Exception):
    """A host is no machine of the public web; the text is the IP address that it leads to."""


def is_public(address: IP) -> bool:
    """Returns whether an IP address belongs to the public internet.

    An IPv6 address that embeds an IPv4 address (mapped, 6to4, NAT64) is judged by that.

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


def is_url(text: str) -> bool:
    """Returns whether a text that a person typed is a URL rather than a path of a file.

    >>> is_url("https://example.org/a"), is_url("articles/a.txt")
    (True, False)
    """
    return text.strip().casefold().startswith(("http://", "https://"))


def normal(url: str) -> str:
    """Returns a URL as it is requested: its host in ASCII, its path and query percent-encoded, without its fragment.

    Raises InputError: the text is no http or https URL, is too long, or holds a user name.

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


def absolute(base: str, reference: str) -> str:
    """Returns the URL that a page at ``base`` refers to; the reference itself where it is malformed.

    >>> absolute("https://example.org/a/b", "../c"), absolute("https://example.org/", "http://[::1")
    ('https://example.org/c', 'http://[::1')
    """
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference


def resolved(host: str, port: int, may_ask: Rule) -> list[str]:
    """Resolves a host name to its IP addresses, as texts, each once.

    Raises NotPublicError: ``may_ask`` refuses one of them; OSError: the name cannot be resolved.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not may_ask(ipaddress.ip_address(address.partition("%")[0])):
            raise NotPublicError(address)
    return addresses
