"""Everything that people read is there in Chinese, complete, well set, and in every terminal."""

import gettext
import io
import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from tests.cli.running import barrierfree
from tests.conftest import ROOT

from barrierfree.cli.columns import columns
from barrierfree.wording import LOCALE, _, interface_language, ngettext, speak_to_people_in

CHINESE = LOCALE / "zh_CN" / "LC_MESSAGES" / "barrierfree.po"
HAN, WIDE = "\u4e00-\u9fff", "，。、；：？！（）“”"
SEPARATORS = {", ", "; ", " or ", ", then "}
"""They stand between two things, and bring the space along."""

COMMANDS = ["", "transcribe", "speak", "voices", "run", "models"]
COMMANDS += [f"models {one}" for one in ("install", "list", "remove", "verify", "where")]
NAMES = {
    *("barrierfree", "speak", "voices", "espeak", "pyttsx", "piper", "Ctrl", "C"),
    *(
        "none",
        "some",
        "most",
        "all",
        "ogg",
        "opus",
        "mp",
        "run",
        "term",
        "Textual",
        "Python",
        "python",
        "App",
        "py",
    ),
    *(
        "plain",
        "normal",
        "full",
        "characters",
        "words",
        "both",
        "alt",
        "ctrl",
        "f",
        "Alt",
        "Q",
        "key",
        "repeat",
        "z",
    ),
    *("transcribe", "nginx", "engine", "models", "install", "list", "remove", "verify", "where"),
    *("txt", "srt", "vtt", "json", "tsv", "html", "docx", "md", "wav", "mp3", "JSON", "URL", "Dask", "tcp"),
    *("auto", "mixed", "en", "zh", "whisper", "vosk", "mix", "left", "right", "each", "x"),
    *("simplified", "traditional", "heard", "resume", "mirror", "registry", "official"),
}
"""What stays as it is in Chinese: it has to be typed so, or is a name."""


def extracted(folder, files="**.py"):
    found = Catalog()
    for file, _line, message, _comments, _context in extract_from_dir(
        folder, [(files, "python")], keywords=DEFAULT_KEYWORDS
    ):
        found.add(message, locations=[(file, 1)])
    return found


@pytest.fixture(scope="module")
def english():
    """What the source says now."""
    return [message.id for message in extracted(ROOT / "src" / "barrierfree") if message.id]


@pytest.fixture(scope="module")
def catalogue():
    with CHINESE.open("rb") as file:
        return read_po(file, locale="zh_CN", abort_invalid=True)


@pytest.fixture(scope="module")
def pairs(catalogue):
    """English and Chinese of each message; of one with a plural, the plural: Chinese has one form for all."""
    return [
        (message.id, message.string) if isinstance(message.id, str) else (message.id[1], message.string[0])
        for message in catalogue
        if message.id
    ]


@pytest.fixture
def spoken():
    yield speak_to_people_in
    speak_to_people_in(None)


def wrong(pairs, is_wrong):
    return [(one, other) for one, other in pairs if is_wrong(one, other)]


# the catalogue


def test_every_sentence_of_the_source_is_in_the_catalogue_and_no_other(english, catalogue):
    there = {message.id for message in catalogue if message.id}
    assert (set(english) - there, there - set(english)) == (set(), set()), "run: just wording"
    assert not catalogue.obsolete


def test_every_sentence_is_translated_and_none_is_a_guess(catalogue, pairs):
    assert wrong(pairs, lambda _english, chinese: not chinese) == []
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []
    assert catalogue.num_plurals == 1
    assert [(message.id, *errors) for message, errors in catalogue.check()] == []


def test_what_is_filled_in_is_the_same_in_both_languages(pairs):
    def filled_in(text):
        return sorted(part[1:] for part in Formatter().parse(text) if part[1] is not None)

    assert wrong(pairs, lambda english, chinese: filled_in(english) != filled_in(chinese)) == []


def test_what_gettext_reads_is_what_was_translated(catalogue):
    made = io.BytesIO()
    write_mo(made, catalogue)
    made.seek(0)
    expected = vars(gettext.GNUTranslations(made))["_catalog"]
    with CHINESE.with_suffix(".mo").open("rb") as file:
        read = vars(gettext.GNUTranslations(file))["_catalog"]
    assert {**read, "": ""} == {**expected, "": ""}, "run: just wording"
    assert len(read) > 400


def test_what_is_typed_or_copied_is_the_same_in_both_languages(pairs):
    def typed(text):
        return sorted(re.findall(r"(?<![\w-])--?[a-z][a-z-]*|BARRIERFREE_\w+|https?://|\[[a-z]+\]'", text))

    assert wrong(pairs, lambda english, chinese: typed(english) != typed(chinese)) == []


def test_no_english_sentence_has_a_space_too_many(english):
    forms = {form for one in english for form in ([one] if isinstance(one, str) else one)}
    assert {one for one in forms - SEPARATORS if one != one.strip() or "  " in one} == set()


def test_chinese_is_set_as_chinese_is_set(pairs):
    def badly_set(english, chinese):
        if english in SEPARATORS:
            return False
        names = {"来源...", "名称...", "[名称]..."}
        return chinese not in names and (
            re.search(f"[{HAN}][,.:;?!()]", re.sub("tcp://机器名:|模块:应用", "", chinese))
            or re.search(f" [{WIDE}]|[{WIDE}] |^\\s|\\s$", chinese)
            or re.search(f"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]", chinese)
            or re.search("[您你]", chinese)
            or (re.search(r"[^.]\.$", english) and not chinese.endswith(("。", "}")))
        )

    assert wrong(pairs, badly_set) == []


def test_what_click_says_about_a_command_line_is_in_the_catalogue(catalogue):
    import click

    # What cannot come up: no argument here takes several values, no parameter is of a kind of its own, and
    # click opens no files.
    unreachable = {
        "Argument {name!r} takes {nargs} values.",
        "Invalid start character for option ({option})",
        *("Missing parameter", "Missing parameter: {param_name}", "Missing {param_type}"),
        *("Could not open file {filename!r}: {message}", "unknown error"),
    }

    def keys(messages):
        return {one.id if isinstance(one.id, str) else one.id[0] for one in messages}

    said = set()
    for file in ("exceptions.py", "parser.py", "formatting.py"):
        said |= keys(extracted(Path(click.__file__).parent, file))
    assert len(said) > 15
    assert said - unreachable - keys(catalogue) == set()


def test_the_wheel_carries_the_catalogue(tmp_path):
    from zipfile import ZipFile

    from hatchling.builders.wheel import WheelBuilder

    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with ZipFile(wheel) as packed:
        for suffix in (".po", ".mo"):
            file = CHINESE.with_suffix(suffix)
            assert packed.read(file.relative_to(ROOT / "src").as_posix()) == file.read_bytes()


# the language


@pytest.mark.parametrize("language", ["zh_CN", "zh", "zh-Hans", "zh_CN.UTF-8", "ZH"])
def test_whoever_asks_for_chinese_gets_it(spoken, language):
    spoken(language)
    assert interface_language() == "zh_CN"
    assert _("{file} does not exist.") == "{file} 不存在。"
    assert {ngettext("{n} file checked", "{n} files checked", n) for n in (0, 1, 2)} == {"检查了 {n} 个文件"}


@pytest.mark.parametrize("language", ["en", "fr", "xx_YY", "nonsense", "C", "../../etc"])
def test_any_other_language_is_answered_in_english(spoken, language):
    spoken(language)
    assert _("{file} does not exist.") == "{file} does not exist."
    assert ngettext("{n} file checked", "{n} files checked", 1) == "{n} file checked"
    assert ngettext("{n} file checked", "{n} files checked", 2) == "{n} files checked"


def test_the_first_variable_that_is_set_decides(spoken, monkeypatch):
    for name in ("BARRIERFREE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    heard = [interface_language()]
    for name, value in [("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C"), ("BARRIERFREE_LANGUAGE", "zh")]:
        monkeypatch.setenv(name, value)
        heard.append(interface_language())
    assert heard == ["en", "zh_CN", "en", "zh_CN"]


# the command, in a process of its own

TERMINALS = [{"LANG": "zh_CN.UTF-8"}, {"LANG": "C"}, {"LC_ALL": "C"}, {"LANGUAGE": "en", "LC_ALL": "POSIX"}]


def in_chinese(*arguments, **env):
    return barrierfree(*arguments, env={"BARRIERFREE_LANGUAGE": "zh_CN", **env})


def english_in(text, given=""):
    """Words that are neither Chinese, nor flags, nor names, nor what was given on the command line."""
    without_flags = re.sub(r"(?<![\w-])--?[a-z][a-z-]*", "", text)
    return set(re.findall("[A-Za-z]+", without_flags)) - NAMES - set(re.findall("[A-Za-z]+", given))


@pytest.mark.parametrize("terminal", TERMINALS, ids=str)
@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_chinese_to_the_last_word(command, terminal):
    done = in_chinese(*command.split(), "--help", **terminal)
    assert (done.code, done.err) == (0, "")
    assert english_in(done.text) == set()
    assert done.text.startswith(f"用法：{f'barrierfree {command}'.strip()} [选项]")
    assert "\n选项：\n" in done.text
    assert re.search(r"-h, --help +显示这份说明，然后退出。\n", done.text)


@pytest.mark.parametrize("width", [50, 66, 80, 200])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_line_of_chinese_help_is_wider_than_the_terminal(command, width):
    text = in_chinese(*command.split(), "--help", COLUMNS=str(width)).text
    # Click makes no page narrower than 50 columns and none wider than 78. An address is not torn.
    too_wide = [line for line in text.splitlines() if columns(line) > max(50, min(width, 80) - 2)]
    assert [line.strip() for line in too_wide if len(line.split()) > 1] == []
    assert width < 66 or not too_wide
    assert not re.search(r"(?m)^\s*[，。、；：？！）]", text)
    assert not re.search(r"(?m)[（“]$", text)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("transcribbe", "没有 'transcribbe' 这个命令。"),
        ("--nope", "没有 '--nope' 这个选项。"),
        ("transcribe --quite a.wav", "没有 '--quite' 这个选项。是不是想输入 "),
        ("transcribe", "缺少参数 '来源...'。"),
        ("transcribe --lines many a.wav", "'--lines' 的值不对：'many' 不是整数。"),
        ("transcribe --workers 65 a.wav", "'--workers' 的值不对：65 不在 0<=x<=64 的范围内。"),
        ("transcribe --script old a.wav", "'--script' 的值不对：'old' 不在可选的值里：'simplified', "),
        ("transcribe --from soon a.wav", "'--from' 的值不对：'soon' 不是时间；"),
        ("transcribe --quiet=3 a.wav", "选项 '--quiet' 后面不用写值。"),
        ("transcribe a.wav --model", "选项 '--model' 后面要写 1 个值。"),
        ("transcribe -f srt a.wav b.wav", "请加上 -o 文件夹。"),
        ("models nope", "没有 'nope' 这个命令。"),
        ("models remove", "缺少参数 '名称...'。"),
        ("models list a b", "多出了参数：a b。"),
        ("models install", "请写出要安装的模型名称，或者加上 --language。"),
    ],
)
def test_a_wrong_command_line_is_told_in_chinese(arguments, said):
    done = in_chinese(*arguments.split(), LANG="C")
    assert (done.code, done.out) == (2, b"")
    message, hint = done.lines
    assert said in message
    assert hint.startswith("  查看用法：barrierfree")
    assert english_in(done.err, arguments) == set()


@pytest.mark.parametrize("terminal", TERMINALS, ids=str)
def test_a_missing_file_is_told_in_chinese(terminal):
    done = in_chinese("transcribe", "nowhere.wav", **terminal)
    assert (done.code, done.out) == (4, b"")
    assert done.lines == ["nowhere.wav 不存在。", "  请检查名称有没有打错。"]


def test_the_settings_file_overrules_the_system_in_both_directions(tmp_path):
    file = tmp_path / "own.toml"
    for system, own, said, usage in (
        ("C", "zh_CN", "缺少参数", "用法：barrierfree "),
        ("zh_CN.UTF-8", "en", "Missing argument", "Usage: barrierfree "),
    ):
        file.write_text(f'language = "{own}"\n')
        env = {"BARRIERFREE_CONFIG": str(file), "BARRIERFREE_LANGUAGE": "", "LC_ALL": system}
        assert barrierfree("transcribe", env=env).lines[0].startswith(said)
        text = barrierfree("transcribe", "--help", env=env).text
        assert text.startswith(usage)
        assert bool(re.search(f"[{HAN}]", text)) is (own == "zh_CN")


def test_the_list_of_models_is_chinese_and_its_columns_are_straight():
    first, *rows = in_chinese("models", "list").text.splitlines()
    assert re.fullmatch("名称 +语言 +大小 +许可证 +状态 +公布的错误率", first)
    at = columns(first[: first.index("许可证")])
    # Where the licence's column begins, every row has its licence, after two spaces.
    for row in rows:
        begin = next(place for place in range(len(row)) if columns(row[:place]) == at)
        assert row[begin - 2 : begin] == "  "
        assert row[begin] != " "
