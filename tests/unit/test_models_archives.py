"""No zip writes outside its folder, grows beyond measure, or gets anything in that is no plain file."""

import stat
import zipfile

import pytest
from tests.hosting import VOSK_FILES, noise, zipped

from barrierfree.errors import OutputError
from barrierfree.models.archives import unpack
from barrierfree.models.checking import SourceFailed

MOST = 100_000
ROOT = "vosk-model-toy-0.1/"


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "in" / "model"
    folder.mkdir(parents=True)
    return folder


def unpacked(out, raw, most=MOST):
    archive = out.parent.parent / "archive.zip"
    archive.write_bytes(raw)
    return unpack(archive, out, most, lambda *_about: None)


def refused(out, raw, most=MOST):
    with pytest.raises(SourceFailed) as caught:
        unpacked(out, raw, most)
    assert {path for path in out.parent.parent.rglob("*") if path.is_file()} == {
        out.parent.parent / "archive.zip"
    }
    assert caught.value.reason.isprintable()
    return caught.value.reason


def entry(name, content=b"x", *, kind=stat.S_IFREG):
    info = zipfile.ZipInfo(name)
    info.create_system = 3  # Unix: only there are links and devices told
    info.external_attr = (kind | 0o644) << 16
    return info, content


def zip_of(*entries):
    import io

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as into:
        for info, content in entries:
            into.writestr(info, content)
    return out.getvalue()


def test_what_is_in_the_zips_folder_becomes_the_models_folder(out):
    files = unpacked(out, zipped(VOSK_FILES))
    assert {file.name: (out / file.name).read_bytes() for file in files} == VOSK_FILES
    assert {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} == set(VOSK_FILES)


def test_what_macos_adds_to_a_zip_is_left_out(out):
    raw = zip_of(entry(ROOT + "am/final.mdl"), entry("__MACOSX/._am"), entry("__MACOSX/a/._final.mdl"))
    assert [file.name for file in unpacked(out, raw)] == ["am/final.mdl"]


@pytest.mark.parametrize(
    "name",
    [
        "../evil", "/etc/evil", "../../evil", ROOT + "../../evil", ROOT + "am/../../../evil", "//evil/x",
        "./evil/x", ROOT + "./evil", ROOT + "a//evil", "C:/evil/x", "c:evil", "C:\\evil",
        ROOT + "a\\..\\..\\evil", "\\\\server\\share\\evil", ROOT + "evil.txt:stream",
        ROOT + "a\x1b[2Jevil", ROOT + "evil\n", ROOT + "a\u202eevil", ROOT + "CON", ROOT + "nul.txt",
        ROOT + "am/Lpt1", ROOT + "com¹", ROOT + "evil.", ROOT + "evil ", ROOT + "n" * 250, ROOT + "名" * 80,
        ROOT + "a?b", ROOT + "a*", ROOT + "...",
    ],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_or_means_something_else_is_refused(out, name):
    refused(out, zip_of(entry(ROOT + "am/final.mdl"), entry(name)))


@pytest.mark.parametrize(
    "kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFDIR]
)
def test_a_link_or_a_device_is_refused(out, kind):
    link = entry(ROOT + "am/final.mdl", kind=kind, content=b"/etc/passwd")
    assert "link or a device" in refused(out, zip_of(entry(ROOT + "README"), link))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a", "a"),
        ("Model", "model"),
        ("straße", "STRASSE"),
        ("caf\u00e9", "cafe\u0301"),
        ("a", "a/b"),
        ("A", "a/b/c"),
        ("ﬁle", "file"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_are_one_on_some_systems_are_refused(out, one, other):
    refused(out, zip_of(entry(ROOT + one), entry(ROOT + other)))
    refused(out, zip_of(entry(ROOT + other), entry(ROOT + one)))


@pytest.mark.parametrize(
    "names", [["a/x", "b/y"], ["x"], ["model", "model/x"], [ROOT], [], ["__MACOSX/x"], ["README", ROOT + "x"]]
)
def test_a_zip_that_does_not_hold_one_folder_is_refused(out, names):
    refused(
        out, zip_of(*(entry(name, kind=0, content=b"" if name.endswith("/") else b"x") for name in names))
    )


def test_a_zip_that_would_grow_beyond_the_models_size_is_refused_before_it_does(out):
    assert "grow beyond" in refused(out, zipped({"a": noise(MOST), "b": b"x"}))


def test_a_zip_bomb_is_refused_although_it_would_fit(out):
    bomb = zipped({"bomb": b"\0" * 5_000_000})
    assert len(bomb) < 10_000
    assert "beyond measure" in refused(out, bomb, most=10**9)


def test_a_zip_that_says_less_than_it_holds_is_refused(out):
    """The size in the directory is a lie: what comes out is cut off there, and its checksum is wrong."""
    raw = bytearray(zipped({"bomb": noise(50_000)}))
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (100).to_bytes(4, "little")
    with pytest.raises(SourceFailed):
        unpacked(out, bytes(raw))
    assert sum(path.stat().st_size for path in out.rglob("*")) <= 100


def test_thousands_of_files_are_refused(out):
    refused(out, zipped({f"f{number}": b"" for number in range(1001)}))


def test_an_encrypted_zip_is_refused(out):
    raw = bytearray(zipped({"am/final.mdl": b"x"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.index(mark) + offset
        raw[at] |= 1
    assert "encrypted" in refused(out, bytes(raw))


def test_a_zip_that_is_not_compressed_at_all_is_read_too(out):
    assert unpacked(out, zipped(VOSK_FILES, method=zipfile.ZIP_STORED))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_ways_to_compress_are_refused(out, method):
    assert "unusual" in refused(out, zipped(VOSK_FILES, method=method))


def test_a_way_to_compress_that_is_not_known_is_refused(out):
    raw = bytearray(zipped({"am/final.mdl": b"x"}))
    raw[raw.index(b"PK\x01\x02") + 10] = 77
    raw[raw.index(b"PK\x03\x04") + 8] = 77
    refused(out, bytes(raw))


def test_a_damaged_file_in_the_zip_is_refused(out):
    raw = bytearray(zipped(VOSK_FILES))
    raw[400] ^= 0xFF
    with pytest.raises(SourceFailed):
        unpacked(out, bytes(raw))


@pytest.mark.parametrize("raw", [b"", b"PK", b"\0" * 5000, b"<html>", zipped(VOSK_FILES)[:-10]])
def test_what_is_no_zip_is_refused(out, raw):
    refused(out, raw)


def test_what_cannot_be_written_is_the_disks_fault_and_not_the_zips(out):
    (out / "am").write_bytes(b"in the way")
    with pytest.raises(OutputError):
        unpacked(out, zipped(VOSK_FILES))
