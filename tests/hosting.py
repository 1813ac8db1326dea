"""A real web server that breaks in every way real ones do, and small models for it to serve."""

import hashlib
import io
import os
import threading
import time
import zipfile
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from barrierfree.models import Archive, Model, ModelFile
from barrierfree.models.downloading import Patience

HURRIED = Patience(silence=0.4, least=2000, attempts=3, pause=0.01, gain=1000)
"""Gives up within a second: for tests in which a server means trouble."""


class Host:
    """Serves ``files`` (path → bytes). ``plan`` holds what to do instead, one entry for each request."""

    def __init__(self):
        self.files = {}
        self.plan = []
        self.seen = []
        self.ranges = True
        self.tag = '"one"'
        self.closing = threading.Event()

    @property
    def asked_ranges(self):
        return [headers.get("Range") for _path, headers in self.seen]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        host = self.server.host
        host.seen.append((self.path, self.headers))
        act = host.plan.pop(0) if host.plan else honest
        with suppress(ConnectionError):
            act(self, host.files.get(self.path.partition("?")[0]))

    def log_message(self, *args):
        pass

    def begin(self, status, length, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def wanted(self, body):
        """Status, first byte and headers for what the request asks for."""
        host = self.server.host
        asked = self.headers.get("Range")
        known = self.headers.get("If-Range")
        headers = {"ETag": host.tag} if host.tag else {}
        if not asked or not host.ranges or (known and known != host.tag):
            return 200, 0, headers
        first = int(asked.removeprefix("bytes=").rstrip("-"))
        if first >= len(body):
            return 416, len(body), headers
        return 206, first, {**headers, "Content_Range": f"bytes {first}-{len(body) - 1}/{len(body)}"}


def honest(handler, body):
    if body is None:
        handler.begin(404, 0)
        return
    status, first, headers = handler.wanted(body)
    handler.begin(status, len(body) - first, **headers)
    handler.wfile.write(body[first:])


def truncates(count):
    """Promises all that was asked for, sends so many bytes of it, and hangs up."""

    def act(handler, body):
        status, first, headers = handler.wanted(body)
        handler.begin(status, len(body) - first, **headers)
        handler.wfile.write(body[first : first + count])

    return act


def stalls(count):
    """Sends so many bytes, then nothing, without hanging up."""

    def act(handler, body):
        truncates(count)(handler, body)
        handler.wfile.flush()
        handler.server.host.closing.wait(20)

    return act


def drips(handler, body):
    """Sends a byte from time to time: never silent, never done."""
    status, first, headers = handler.wanted(body)
    handler.begin(status, len(body) - first, **headers)
    for at in range(first, len(body)):
        handler.wfile.write(body[at : at + 1])
        handler.wfile.flush()
        if handler.server.host.closing.wait(0.05):
            return


def slowly(pause, size=1000):
    """All of it, a piece at a time: time enough to kill whoever fetches it."""

    def act(handler, body):
        status, first, headers = handler.wanted(body)
        handler.begin(status, len(body) - first, **headers)
        for at in range(first, len(body), size):
            handler.wfile.write(body[at : at + size])
            handler.wfile.flush()
            time.sleep(pause)

    return act


def hangs_up(handler, body):
    handler.close_connection = True


def serves(other, *, length=...):
    """Something else; the length it claims may be a lie, or left out (None)."""

    def act(handler, body):
        handler.begin(200, len(other) if length is ... else length)
        handler.wfile.write(other)

    return act


def answers(status, **headers):
    def act(handler, body):
        handler.begin(status, 0, **headers)

    return act


@contextmanager
def hosting(**files):
    """A running host, and the address of it."""
    host = Host()
    host.files = files
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.host = host
    server.handle_error = lambda *_about: None
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    host.address = f"http://127.0.0.1:{server.server_port}"
    # A proxy that the machine has is not asked for what is on the machine itself.
    before = os.environ.get("no_proxy")
    os.environ["no_proxy"] = "127.0.0.1"
    try:
        yield host
    finally:
        host.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
        os.environ.pop("no_proxy", None)
        if before is not None:
            os.environ["no_proxy"] = before


def noise(size, seed=1):
    """Bytes that do not shrink, the same at every call."""
    return hashlib.shake_256(str(seed).encode()).digest(size)


VOSK_FILES = {"am/final.mdl": noise(3000), "conf/model.conf": b"--max-active=3000\n", "README": b"A model.\n"}
WHISPER_FILES = {
    "model.bin": noise(50_000, 2),
    "config.json": b"{}\n",
    "tokenizer.json": b"{}\n\n",
    "vocabulary.txt": b"word\n" * 51865,
}


def zipped(files, root="vosk-model-toy-0.1/", method=zipfile.ZIP_DEFLATED):
    """A zip of files, given as name → bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as into:
        for name, content in files.items():
            # Always the same bytes: processes compare hashes of what each of them has made.
            entry = zipfile.ZipInfo(root + name, (2020, 1, 1, 0, 0, 0))
            entry.compress_type = method
            into.writestr(entry, content)
    return out.getvalue()


def described(name, content):
    return ModelFile(name, len(content), hashlib.sha256(content).hexdigest())


def zip_model(raw, *, name="vosk-toy-0.1", disk_size=20_000, address="", **more):
    """A model that comes as a zip."""
    archive = Archive("vosk-model-toy-0.1.zip", len(raw), hashlib.sha256(raw).hexdigest())
    return _model(name, "vosk", len(raw), disk_size, address, archive=archive, **more)


def file_model(files=WHISPER_FILES, *, name="whisper-toy", address="", **more):
    """A model whose files are served one by one."""
    size = sum(map(len, files.values()))
    listed = tuple(described(file, content) for file, content in files.items())
    return _model(name, "whisper", size, size, address, files=listed, **more)


def _model(name, engine, size, disk_size, address, **more):
    values = {"kind": "recognizer", "languages": ("en",), "rank": 5, "suggested": False, **more}
    return Model(
        name=name,
        engine=engine,
        title="Toy",
        size=size,
        disk_size=disk_size,
        licence="CC0",
        error="",
        address=address,
        **values,
    )
