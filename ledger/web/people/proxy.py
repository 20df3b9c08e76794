"""A trusted reverse proxy: the headers that say who asks, from where, and by TLS are believed only from its address."""

import ipaddress
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Self

from ledger.web.people.errors import AnyProxy, BadHeader, BadProxy, NameUnclear, ProxyNeeded

Headers = Mapping[str, Sequence[str]]  # the values of each header, by its name in lower case
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,98}[A-Za-z0-9])?")
# Headers that every request has or a page needs: a proxy that sent a name in one of them would break the pages.
_TAKEN = {"host", "cookie", "authorization", "origin", "content-type", "content-length", "accept", "sec-fetch-site"}


class Proxy(NamedTuple):
    """The networks of the trusted proxies, and the header in which they name the person ("" if they name nobody)."""

    networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = ()
    header: str = ""

    @classmethod
    def typed(cls, header: str, addresses: Sequence[str]) -> Self:
        """The proxies as they were named; refused if anybody could claim to be one."""
        if header and (not _NAME.fullmatch(header) or header.lower() in _TAKEN):
            raise BadHeader(typed=header)
        if header and not addresses:
            raise ProxyNeeded(header=header)
        networks = []
        for one in addresses:
            try:
                network = ipaddress.ip_network(one.strip(), strict=False)
            except ValueError:
                raise BadProxy(typed=one) from None
            if not network.prefixlen:
                raise AnyProxy(typed=one)
            networks.append(network)
        return cls(tuple(networks), header)

    def is_at(self, peer: str) -> bool:
        """Whether a connection comes from a trusted proxy."""
        try:
            found = ipaddress.ip_address(peer)
        except ValueError:
            return False
        address = getattr(found, "ipv4_mapped", None) or found
        return any(address in network for network in self.networks)

    def name(self, headers: Headers, peer: str) -> str:
        """The person whom the proxy names; "" if it names nobody, or somebody else sent the header."""
        if not self.header or not self.is_at(peer):
            return ""
        found = headers.get(self.header.lower(), ())
        if not found:
            return ""
        try:
            name = found[0].encode("latin-1").decode().strip()
        except UnicodeError:
            raise NameUnclear(header=self.header) from None
        if len(found) > 1 or not name.isprintable():
            raise NameUnclear(header=self.header)
        return name

    def client(self, headers: Headers, peer: str) -> str:
        """The address of the person's machine: as the proxy says, else that of the connection."""
        forwarded = ",".join(headers.get("x-forwarded-for", ())).rpartition(",")[2].strip()
        return forwarded[:100] if forwarded and self.is_at(peer) else peer

    def is_encrypted(self, headers: Headers, peer: str) -> bool:
        """Whether the proxy says that the person's browser uses TLS."""
        said = ",".join(headers.get("x-forwarded-proto", ())).rpartition(",")[2].strip().lower()
        return said == "https" and self.is_at(peer)
