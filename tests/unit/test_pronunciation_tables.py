"""What is written is said as a native speaker would: hundreds of pairs, each reviewed by hand."""

from pathlib import Path

import pytest

from barrierfree.speech.pronunciation import Reading, spoken

pytestmark = pytest.mark.usefixtures("little_memory")

GOLDEN = Path(__file__).parent.parent / "golden" / "spoken"


def rows(name):
    header, *lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    columns = header.split("\t")
    for line in lines:
        cells = line.split("\t")
        yield dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))


def shown(text, language):
    return "".join(f"[{run.language}]{run.text}" for run in spoken(text, Reading(language=language)))


def without_own_mark(said, language):
    """Rows leave out the language they are about where it begins."""
    said = said.removeprefix(f"[{language}]")
    return said.replace("[en]", " ") if language == "en" else said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_pair_of_the_table_is_said_as_written_there(language):
    wrong = []
    for row in rows(f"{language}.tsv"):
        said = without_own_mark(shown(row["written"], language), language) or "(nothing)"
        if said != row["spoken"]:
            wrong.append(f"{row['written']}: {said}, not {row['spoken']}")
    assert not wrong, "\n".join(wrong)


def test_voices_change_with_the_script():
    wrong = []
    for row in rows("mixed.tsv"):
        said = shown(row["written"], row["language"])
        if said != row["spoken"]:
            wrong.append(f"{row['language']}, {row['written']}: {said}, not {row['spoken']}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_tables_have_three_hundred_different_pairs_and_reasons_for_what_is_ambiguous(language):
    table = list(rows(f"{language}.tsv"))
    assert len({row["written"] for row in table}) == len(table) >= 300
    assert sum(bool(row["note"]) for row in table) >= 15


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_pair_leaves_a_figure_to_the_voice(language):
    for row in rows(f"{language}.tsv"):
        assert not any(character.isdigit() for character in row["spoken"]), row


@pytest.mark.parametrize(
    ("language", "before", "after"), [("en", "He wrote: ", " here"), ("zh", "他写了，", "，完")]
)
def test_the_same_text_is_said_alike_inside_a_sentence(language, before, after):
    wrong = []
    for row in rows(f"{language}.tsv"):
        alone = row["spoken"]
        ends_a_sentence = row["written"][-1] in ".。!?…" or alone == "(nothing)"
        if not ends_a_sentence and not row["note"] and "[" not in alone:
            said = shown(before + row["written"] + after, language)
            if alone not in said:
                wrong.append(f"{row['written']}: {said}, without {alone}")
    assert not wrong, "\n".join(wrong)
