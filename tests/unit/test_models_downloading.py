"""A file comes whole and right from a server that fails in every way, or not at all."""

import gzip
import socket

import pytest
from tests.hosting import (
    HURRIED,
    answers,
    described,
    drips,
    hangs_up,
    honest,
    hosting,
    noise,
    serves,
    stalls,
    truncates,
)

from barrierfree.models.checking import SourceFailed
from barrierfree.models.downloading import download
from barrierfree.models.model import Archive

CONTENT = noise(40_000)


@pytest.fixture
def host():
    with hosting(**{"/file": CONTENT}) as running:
        yield running


@pytest.fixture
def part(tmp_path):
    return tmp_path / "abc.part"


def fetch(host, part, *, path="/file", expected=None, patience=HURRIED, progress=lambda *_: None):
    download(host.address + path, part, expected or described("file", CONTENT), patience, progress)


def refused(host, part, **how):
    with pytest.raises(SourceFailed) as caught:
        fetch(host, part, **how)
    return caught.value


def test_a_file_arrives_whole_and_says_how_far_it_is(host, part):
    told = []
    fetch(host, part, progress=lambda done, total, what: told.append((done, total, what)))
    assert part.read_bytes() == CONTENT
    downloaded = [done for done, _total, what in told if what == "download"]
    assert downloaded == sorted(downloaded)
    assert downloaded[-1] == len(CONTENT)
    assert {total for _done, total, _what in told} == {len(CONTENT)}


def test_where_only_an_md5_is_published_that_is_checked(host, part):
    import hashlib

    right = Archive("a.zip", len(CONTENT), md5=hashlib.md5(CONTENT).hexdigest())
    fetch(host, part, expected=right)
    assert part.read_bytes() == CONTENT
    part.unlink()
    assert refused(host, part, expected=Archive("a.zip", len(CONTENT), md5="0" * 32)).damaged
    assert not part.exists()


def test_a_file_of_which_no_hash_is_known_is_never_taken(host, part):
    assert refused(host, part, expected=Archive("a.zip", len(CONTENT))).damaged


def test_a_connection_that_breaks_is_taken_up_at_the_byte_where_it_broke(host, part):
    host.plan = [truncates(10_000), truncates(10_000)]
    fetch(host, part)
    assert part.read_bytes() == CONTENT
    assert host.asked_ranges == [None, "bytes=10000-", "bytes=20000-"]


def test_a_file_that_changed_on_the_server_meanwhile_is_fetched_from_the_start(host, part):
    host.plan = [serves_old_version]
    fetch(host, part)
    assert part.read_bytes() == CONTENT
    assert host.seen[1][1]["If-Range"] == '"old"'
    assert len(host.seen) == 2


def serves_old_version(handler, body):
    handler.begin(200, len(body), ETag='"old"')
    handler.wfile.write(noise(10_000, 99))


def test_a_weak_tag_is_not_trusted_with_ranges(host, part):
    host.tag = 'W/"one"'
    host.plan = [truncates(10_000)]
    fetch(host, part)
    assert "If-Range" not in host.seen[1][1]
    assert part.read_bytes() == CONTENT


def test_a_server_without_ranges_is_asked_for_everything_again(host, part):
    host.ranges = False
    host.plan = [truncates(10_000)]
    fetch(host, part)
    assert part.read_bytes() == CONTENT
    assert len(host.seen) == 2


def test_a_server_without_ranges_that_always_breaks_at_the_same_place_is_given_up(host, part):
    host.ranges = False
    host.plan = [truncates(10_000)] * 50
    refused(host, part)
    assert len(host.seen) < 10


def test_what_an_earlier_run_left_is_gone_on_with(host, part):
    part.write_bytes(CONTENT[:15_000])
    fetch(host, part)
    assert part.read_bytes() == CONTENT
    assert host.asked_ranges == ["bytes=15000-"]


def test_what_is_whole_already_is_not_fetched(host, part):
    part.write_bytes(CONTENT)
    fetch(host, part)
    assert host.seen == []


def test_a_beginning_that_turns_out_wrong_is_thrown_away_and_everything_fetched_once_more(host, part):
    part.write_bytes(b"\0" * 15_000)
    fetch(host, part)
    assert part.read_bytes() == CONTENT
    assert host.asked_ranges == ["bytes=15000-", None]


def test_a_beginning_longer_than_the_file_is_thrown_away(host, part):
    part.write_bytes(CONTENT + b"more")
    fetch(host, part)
    assert part.read_bytes() == CONTENT


def test_a_server_that_falls_silent_is_asked_again_from_there(host, part):
    host.plan = [stalls(12_000)]
    fetch(host, part)
    assert part.read_bytes() == CONTENT
    assert host.asked_ranges == [None, "bytes=12000-"]


def test_a_server_that_never_says_anything_is_given_up(host, part):
    host.plan = [stalls(0)] * 9
    assert "nothing came" in refused(host, part).reason
    assert len(host.seen) == HURRIED.attempts


def test_a_server_that_only_drips_is_given_up(host, part):
    host.plan = [drips] * 9
    assert "too slow" in refused(host, part).reason


def test_a_server_that_hangs_up_without_a_word_is_asked_a_few_times(host, part):
    host.plan = [hangs_up]
    fetch(host, part)
    assert part.read_bytes() == CONTENT
    part.unlink()
    host.plan = [hangs_up] * 9
    host.seen.clear()
    refused(host, part)
    assert len(host.seen) == HURRIED.attempts


def test_nobody_there_is_said_within_a_moment(part):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/file"
        with pytest.raises(SourceFailed, match="cannot be reached"):
            download(address, part, described("file", CONTENT), HURRIED, lambda *_: None)


@pytest.mark.parametrize("length", [10, 39_999, 40_001, 10**12])
def test_another_length_than_the_published_one_is_refused_before_anything_is_kept(host, part, length):
    host.plan = [serves(CONTENT[:10], length=length)]
    assert refused(host, part).damaged
    assert not part.exists() or not part.stat().st_size


def test_more_than_was_published_is_refused_even_when_no_length_is_given(host, part):
    host.plan = [serves(CONTENT + b"x" * 100_000, length=None)]
    assert refused(host, part).damaged
    assert not part.stat().st_size


def test_a_server_that_gives_no_length_can_still_be_right(host, part):
    host.plan = [serves(CONTENT, length=None)]
    fetch(host, part)
    assert part.read_bytes() == CONTENT


def test_the_wrong_file_of_the_right_length_is_refused_and_nothing_of_it_left(host, part):
    host.plan = [serves(noise(40_000, 7)), honest]
    assert refused(host, part).damaged
    assert not part.exists()
    assert len(host.seen) == 1


def test_another_part_than_was_asked_for_is_not_taken(host, part):
    def first_part(handler, body):
        handler.begin(206, 100, Content_Range=f"bytes 0-99/{len(body)}")
        handler.wfile.write(body[:100])

    part.write_bytes(CONTENT[:15_000])
    host.plan = [first_part]
    fetch(host, part)
    assert part.read_bytes() == CONTENT


def test_a_part_of_another_file_is_refused(host, part):
    def other_size(handler, body):
        handler.begin(206, 100, Content_Range="bytes 15000-15099/99999")
        handler.wfile.write(body[:100])

    part.write_bytes(CONTENT[:15_000])
    host.plan = [other_size]
    assert refused(host, part).damaged


def test_a_server_that_knows_no_such_range_is_asked_for_everything(host, part):
    part.write_bytes(CONTENT[:15_000])
    host.plan = [answers(416)]
    fetch(host, part)
    assert part.read_bytes() == CONTENT
    assert host.asked_ranges == ["bytes=15000-", None]


def test_a_compressed_answer_is_not_taken_for_the_file(host, part):
    def compressed(handler, body):
        squeezed = gzip.compress(body)
        handler.begin(200, len(squeezed), Content_Encoding="gzip")
        handler.wfile.write(squeezed)

    host.plan = [compressed]
    refused(host, part)
    assert host.seen[0][1]["Accept-Encoding"] == "identity"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_refusal_is_final(host, part, status):
    host.plan = [answers(status)]
    failure = refused(host, part)
    assert str(status) in failure.reason
    assert failure.absent == (status in {403, 404, 410})
    assert len(host.seen) == 1


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_trouble_of_the_server_may_pass(host, part, status):
    host.plan = [answers(status), answers(status, Retry_After="0")]
    fetch(host, part)
    assert part.read_bytes() == CONTENT


def test_trouble_that_does_not_pass_is_told_with_its_number(host, part):
    host.plan = [answers(503)] * 9
    assert "503" in refused(host, part).reason


def test_redirects_are_followed_within_the_web(host, part):
    host.plan = [answers(302, Location="/somewhere"), answers(307, Location=f"{host.address}/file")]
    fetch(host, part)
    assert part.read_bytes() == CONTENT


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/file", "gopher://x", "//[broken"])
def test_redirects_out_of_the_web_are_refused(host, part, target):
    host.plan = [answers(302, Location=target)]
    refused(host, part)
    assert not part.exists()


def test_a_redirect_in_a_circle_ends(host, part):
    host.plan = [answers(302, Location="/file")] * 40
    refused(host, part)
    assert len(host.seen) < 20


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://", "http://a b/", "x"]
)
def test_what_is_no_web_address_is_refused(part, address):
    with pytest.raises(SourceFailed):
        download(address, part, described("file", CONTENT), HURRIED, lambda *_: None)
    assert not part.exists()


def test_the_proxy_of_the_environment_is_used(host, part, monkeypatch):
    monkeypatch.setenv("http_proxy", host.address)
    monkeypatch.delenv("no_proxy", raising=False)
    host.files["http://models.invalid/file"] = CONTENT
    download("http://models.invalid/file", part, described("file", CONTENT), HURRIED, lambda *_: None)
    assert part.read_bytes() == CONTENT
    assert host.seen[0][0] == "http://models.invalid/file"


def test_stopping_in_the_middle_leaves_a_beginning_to_go_on_with(host, part):
    def stop(done, total, what):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(host, part, progress=stop)
    kept = part.read_bytes()
    assert 0 < len(kept) < len(CONTENT) or kept == CONTENT
    assert CONTENT.startswith(kept)
    fetch(host, part)
    assert part.read_bytes() == CONTENT
