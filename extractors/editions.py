"""Editions of one page: the addresses for telephones and AMP beside the ordinary one.

That two addresses share an `edition_key` proposes that they are one article and proves nothing: an
article on amplifiers may end in `/amp`. Whoever believes it needs a second signal.
"""

from __future__ import annotations

import re

import ada_url

from extractors.trackers import parameters
from extractors.urls import canonicalize, registered_domain, url_key

_HOSTS = frozenset({"www", "m", "mobile", "amp"})
_AMP_SEGMENT = re.compile(r"/amp(?=/|$)|\.amp(?=(?:\.html?)?$)", re.IGNORECASE)
_AMP_PARAMETER = re.compile(r"amp(?:=(?:1|true|yes)?)?|outputtype=amp", re.IGNORECASE)


def edition_key(url: str) -> str:
    """Return the `url_key` of the ordinary edition that `url` may be another edition of.

    Marks of editions are the first labels `m`, `mobile` and `amp` of a host, the segment `/amp`,
    the endings `.amp` and `.amp.html`, and the parameters `amp` and `outputType=amp`.

    Raises:
        ValueError: it is no absolute http or https URL.
    """
    parsed = ada_url.URL(canonicalize(url))
    parsed.hostname = _ordinary_host(parsed.hostname)
    parsed.pathname = _AMP_SEGMENT.sub("", parsed.pathname)
    kept = (part for part in parameters(parsed.search) if not _AMP_PARAMETER.fullmatch(part))
    parsed.search = "&".join(kept)
    return url_key(str(parsed.href))


def _ordinary_host(host: str) -> str:
    site = registered_domain(f"http://{host}/")
    while host != site and host.partition(".")[0] in _HOSTS:
        host = host.partition(".")[2]
    return host
