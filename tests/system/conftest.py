"""A real Chromium for the tests of a page, and a server for one of them."""

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tests.pages import HELLO, chromium, page_file


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def show(browser, tmp_path):
    """Opens pages; afterwards none may have complained or asked for anything but itself and its sound."""
    contexts, complaints, requests = [], [], []

    def open_page(spoken=HELLO, media="hello-en.wav", *, before="", **options):
        context = browser.new_context(**{"viewport": {"width": 1200, "height": 800}} | options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        if before:
            page.add_init_script(before)
        page.goto(page_file(tmp_path, spoken, media))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
    assert all(
        re.match(rf"{re.escape(tmp_path.as_uri())}/(page\.html|[\w-]+\.wav)$|blob:", url) for url in requests
    )


@pytest.fixture
def served(tmp_path):
    """The address of a server on this machine for the test's folder, and the list of what it is asked for."""
    asked = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_message):
            asked.append(self.path)

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=tmp_path))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()
