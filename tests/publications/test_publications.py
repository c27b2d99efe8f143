from __future__ import annotations

import io
import random
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Any

import docx
import pytest
from lxml import html
from programs import require

from annual_report.form.sections import TABLES
from publications import FORMATS, HABITS, publish, publish_many
from publications.composing import compose
from publications.drawing import draw
from publications.others import others
from publications.press import TOTAL, Press, follow, judge
from publications.survey import Tally, count, silent_errors

LAYOUT = [habit for habit in HABITS.values() if habit.stage in ("sheets", "pictures", "labels", "lines")]
NUMBERS = [habit for habit in HABITS.values() if habit.stage == "numbers"]
MOVES_NUMBERS = {"extra_row", "row_missing", "row_twice", "table_as_a_picture", "disputes_turned", "merges_missing"}
IN_CELLS = {"hidden_text", "raised_note_marks", "tracked_row_deleted", "number_hidden_in_a_cell", "note_marks_in_cells"}
LEFT_OUT = ("correction_overdue", "fee_overdue")
FROM_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


def new_press(seed: int, format: str = "docx") -> Press:
    rng = random.Random(seed)
    return Press(rng, format, draw(rng))


@pytest.mark.parametrize("format", ["docx", "html", "txt"])
def test_the_same_seed_gives_the_same_file_and_truth(format):
    for seed in range(12):
        assert publish(random.Random(seed), format) == publish(random.Random(seed), format)


@pytest.mark.parametrize("format", ["docx", "html", "txt"])
def test_another_seed_gives_another_file(format):
    assert len({publish(random.Random(seed), format).data for seed in range(12)}) == 12


def words_in_cells(data: bytes, format: str) -> list[str]:
    """Give the words of all cells, row by row, each merged cell once."""
    if format == "docx":
        cells = docx.Document(io.BytesIO(data)).element.body.iter("{*}tc")
        return ["".join(text.text or "" for text in cell.iter("{*}t")) for cell in cells if cell.find("{*}tbl") is None]
    tree = html.fromstring(data)
    return [cell.text_content() for cell in tree.iter("td", "th") if cell.find(".//table") is None]


def plain_numbers(words: list[str]) -> list[int]:
    cleaned = [word.translate(FROM_FULL_WIDTH).strip() for word in words]
    return [int(word) for word in cleaned if word.isascii() and word.isdigit()]


@pytest.mark.parametrize("format", ["docx", "html"])
def test_numbers_stand_in_the_file_in_the_order_of_the_form(format):
    """A second, simple reading: in files whose cells are all plain, their numbers are the truth and the totals."""
    compared = 0
    for seed in range(120):
        publication = publish(random.Random(seed), format)
        numbers = {name for name in publication.habits if name in HABITS and HABITS[name].stage == "numbers"}
        plain = numbers <= {"full_width_digits", "spaces_around_numbers", "wrong_total", "balance_broken"}
        if not plain or {*publication.habits} & (MOVES_NUMBERS | IN_CELLS) or publication.report.edition == "2019":
            continue
        expected = []
        for section in TABLES:
            for value in publication.report.form.grids[section].values:
                path = f"{section}.{value.path}"
                if "other_handling_as_one_row" in publication.habits and path.split(".")[-2] in LEFT_OUT:
                    continue
                number = publication.totals.get(path, publication.truth.get(path))
                if number is not None and str(number).isdigit():
                    expected.append(int(number))
        assert plain_numbers(words_in_cells(publication.data, format)) == expected, (seed, publication.habits)
        compared += 1
    assert compared > 15


@pytest.mark.parametrize("format", FORMATS)
def test_files_open(format):
    for publication in publish_many([random.Random(seed) for seed in range(4)], format):
        if format == "docx":
            assert docx.Document(io.BytesIO(publication.data)).paragraphs
        elif format == "html":
            assert html.fromstring(publication.data).find("body") is not None
        elif format == "pdf":
            pdfium = pytest.importorskip("pypdfium2")
            assert len(pdfium.PdfDocument(publication.data)) > 1
        assert publication.name.endswith(f".{format}")


def test_a_printed_file_holds_its_numbers():
    require("soffice")
    pdfium = pytest.importorskip("pypdfium2")
    unreadable = {"fonts_without_unicode", "pages_rotated"}
    for publication in publish_many([random.Random(seed) for seed in range(6)], "pdf"):
        if unreadable & {*publication.habits}:
            continue
        text = "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(publication.data))
        digits = "".join(text.translate(FROM_FULL_WIDTH).split()).replace(",", "").replace("，", "")
        large = [number for number in publication.truth.values() if isinstance(number, int) and number > 9]
        assert all(str(number) in digits for number in large)


@pytest.mark.parametrize("habit", LAYOUT, ids=lambda habit: habit.name)
def test_a_layout_keeps_every_cell_in_one_place_and_loses_no_value_silently(habit):
    applied = 0
    for seed in range(8):
        press = new_press(seed, habit.formats[0])
        compose(press)
        applied += habit.apply(press) is not False
        for sheet in press.sheets():
            places = Counter(
                (row, column)
                for box in sheet.boxes
                for row in range(box.row, box.row + box.rows)
                for column in range(box.column, box.column + box.columns)
            )
            assert set(places.values()) == {1}
        on_page = [box.path for sheet in press.sheets() for box in sheet.values()]
        assert len(on_page) == len(set(on_page))
        missing = set(press.words) - set(on_page) - press.unclear - press.absent
        assert all(press.source.numbers.get(path) == 0 for path in missing)
    assert applied


@pytest.mark.parametrize("habit", NUMBERS, ids=lambda habit: habit.name)
def test_a_way_of_writing_numbers_keeps_the_truth_or_doubts_it(habit):
    for seed in range(12):
        press = new_press(seed)
        habit.apply(press)
        truth, doubtful = judge(press)
        assert {path for path, number in truth.items() if number is None} >= doubtful
        for path, number in truth.items():
            words = press.words[path].translate(FROM_FULL_WIDTH)
            if number is not None and words.isascii() and words.isdigit():
                assert words == str(number)


def test_together_habits_keep_every_cell_in_one_place():
    for seed in range(150):
        press = new_press(seed)
        follow(press, "numbers")
        compose(press)
        for stage in ("sheets", "pictures", "labels", "lines"):
            follow(press, stage)
        for sheet in press.sheets():
            area = sum(box.rows * box.columns for box in sheet.boxes)
            assert area <= sheet.width * sheet.height


def test_a_blank_is_zero_where_the_totals_agree():
    press = new_press(3)
    row = "applications.outcomes.refused.state_secret"
    path = next(
        path for path in press.leaves("applications") if path.startswith(row) and not press.source.numbers[path]
    )
    press.words[path] = ""
    truth, doubtful = judge(press)
    assert truth[path] == 0
    assert not doubtful


def test_a_blank_that_a_total_contradicts_is_in_doubt():
    press = new_press(0)
    path = next(path for path in press.leaves("applications") if press.source.numbers[path])
    press.words[path] = ""
    truth, doubtful = judge(press)
    assert truth[path] is None
    assert path in doubtful


def test_a_table_left_blank_is_in_doubt():
    press = new_press(0)
    press.words |= {path: "" for path, _ in press.cells("disputes")}
    assert judge(press)[1] == set(press.leaves("disputes"))


def test_other_files_are_of_many_kinds_and_formats():
    files = others(random.Random(0))
    assert len({other.kind for other in files}) > 12
    assert {other.name.rpartition(".")[2] for other in files} >= {"docx", "html", "txt", "pdf"}


@dataclass
class Deviation:
    id: str
    severity: str
    path: str
    found: str = ""


@dataclass
class Answer:
    """What a reader might answer."""

    report: Any
    values: dict[str, Any]
    deviations: tuple[Deviation, ...] = ()


class RefusalError(Exception):
    """What a reader might refuse with."""


def perfect(publication: Any) -> Answer:
    doubts = tuple(Deviation("blank", "doubt", path) for path in publication.doubtful)
    whole = None if publication.must_doubt else publication.report
    return Answer(whole, {**publication.truth, **publication.totals}, doubts)


def answer_with(answer: Answer, data: bytes, *, name: str) -> Answer:
    assert data
    assert name
    return answer


@pytest.mark.parametrize("format", ["docx", "html", "txt"])
def test_the_survey_finds_no_fault_with_a_perfect_reader(format):
    tally = Tally()
    for seed in range(25):
        publication = publish(random.Random(seed), format)
        count(tally, publication, partial(answer_with, perfect(publication)), RefusalError, "a file")
    assert not tally.silent
    assert not tally.needless
    assert tally.right == tally.cells
    assert tally.sound_whole == tally.sound > 10
    assert tally.returned == tally.paragraphs > 0


def test_the_survey_finds_a_wrong_number_and_a_lost_total():
    publication = publish(random.Random(0), "docx")
    answer = perfect(publication)
    path = next(path for path, number in publication.truth.items() if isinstance(number, int))
    total = next(iter(publication.totals))
    answer.values[path] += 1
    del answer.values[total]
    found = {wrong for wrong, *_ in silent_errors(publication, answer)}
    assert found == ({path, total} if answer.report is not None else {path})


def test_a_doubt_about_a_row_covers_its_cells():
    publication = publish(random.Random(0), "docx")
    answer = perfect(publication)
    path = next(path for path, number in publication.truth.items() if isinstance(number, int))
    answer.values[path] += 1
    answer.deviations += (Deviation("number", "doubt", path.rpartition(".")[0]),)
    assert not list(silent_errors(publication, answer))


def test_the_survey_counts_a_report_read_whole_against_a_doubt_that_is_due():
    publications = (publish(random.Random(seed), "txt") for seed in range(60))
    publication = next(publication for publication in publications if publication.must_doubt)
    answer = Answer(publication.report, {**publication.truth, **publication.totals})
    assert "(the whole)" in {path for path, *_ in silent_errors(publication, answer)}


def test_the_survey_counts_a_refusal():
    def refuse(data: bytes, name: str) -> None:
        msg = "认不出是年度报告"
        raise RefusalError(msg)

    tally = Tally()
    publications = [publish(random.Random(seed), "txt") for seed in range(10)]
    for publication in publications:
        count(tally, publication, refuse, RefusalError, "a file")
    assert tally.refused == 10
    assert tally.right == 0
    assert len(tally.needless) == sum(not publication.must_doubt for publication in publications)


def test_totals_are_keyed_as_the_form_has_them():
    for seed in range(10):
        publication = publish(random.Random(seed), "txt")
        assert all(TOTAL in path.split(".") for path in publication.totals)
        assert not publication.totals.keys() & publication.truth.keys()
