"""http and https, and nothing else; hides which of urllib's handlers would also open files and ftp."""

from __future__ import annotations

import http.client
import urllib.request
from typing import Any

from barrierfree.models.checking import SourceFailed
from barrierfree.wording import _

__all__ = ["web_opener"]


class _WebOnly(urllib.request.HTTPRedirectHandler):
    """Follows redirects to http and https only; urllib alone would follow them to ftp too."""

    def http_error_302(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: http.client.HTTPMessage
    ) -> Any:
        try:
            _check_target(headers.get("Location", ""), req.full_url)
            return super().http_error_302(req, fp, code, msg, headers)
        except BaseException:
            fp.close()
            raise

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _check_target(target: str, address: str) -> None:
    scheme, colon, _rest = target.partition(":")
    if colon and "/" not in scheme and scheme.lower() not in {"http", "https"}:
        raise SourceFailed(_("{address} leads away from the web").format(address=address))


def web_opener() -> urllib.request.OpenerDirector:
    """Knows http and https and the proxies of the environment; no files, no ftp."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        _WebOnly(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener
