"""A report as some office might have it: a plausible body, plausible numbers, plausible prose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annual_report import AnnualReport
from annual_report.form import registry
from annual_report.form.sections import TABLES
from annual_report.report.model import NUMERALS
from publications import phrases

if TYPE_CHECKING:
    import random

ZERO_SCALE, SMALL, MIDDLE, LARGE = 0, 12, 250, 7000
RESULTS = ("upheld", "corrected", "other", "pending")
WEIGHTS = {"granted": 40, "partially_granted": 8, "not_held": 22, "creation_required": 4, "petition_or_complaint": 5}


@dataclass
class Source:
    """What the office has to say, before anybody lays it out; numbers by their paths from the report on."""

    agency: str
    we: str
    year: int
    edition: str
    numbers: dict[str, Any]
    preamble: list[str] = field(default_factory=list)
    overview: list[str] = field(default_factory=list)
    problems_and_improvements: list[str] = field(default_factory=list)
    other_matters: list[str] = field(default_factory=list)
    issued_by: str | None = None
    issued_on: str | None = None

    def report(self, totals: dict[str, int] | None = None) -> AnnualReport:
        """Give the report, with these totals as they are printed."""
        data: dict[str, Any] = {
            "edition": self.edition,
            "agency": self.agency,
            "year": self.year,
            **{
                key: "\n".join(getattr(self, key))
                for key in ("preamble", "overview", "problems_and_improvements", "other_matters")
            },
            "issued_by": self.issued_by,
            "issued_on": self.issued_on,
        }
        for path, number in {**self.numbers, **(totals or {})}.items():
            *parents, key = path.split(".")
            node = data
            for parent in parents:
                node = node.setdefault(parent, {})
            node[key] = number
        return AnnualReport.model_validate(data)


def draw(rng: random.Random) -> Source:
    """Draw a body and its report."""
    agency, we, scale = _body(rng)
    year = rng.choice([2019, 2020, 2020, 2021, 2021, 2022, 2022, 2023, 2023, 2024, 2024, 2025])
    late = year > 2020 and rng.random() < 0.07
    edition = "2019" if year < 2021 or late else "2021"
    numbers = _numbers(rng, edition, scale)
    source = Source(agency, we, year, edition, numbers)
    _write(rng, source)
    return source


def _body(rng: random.Random) -> tuple[str, str, int]:
    level = rng.choices(["town", "bureau", "county", "city", "province"], [18, 47, 18, 12, 5])[0]
    place = rng.choice(phrases.PLACES[{"town": "county", "bureau": rng.choice(["county", "city"])}.get(level, level)])
    if level == "town":
        agency, scale = place + rng.choice(phrases.TOWNS), rng.choice([ZERO_SCALE, SMALL])
    elif level == "bureau" or rng.random() < 0.2:
        agency = place + rng.choice(phrases.BUREAUS)
        scale = rng.choice([ZERO_SCALE, SMALL, SMALL, MIDDLE]) if level == "bureau" else MIDDLE
    else:
        zone = place.endswith("开发区")
        office = rng.choice(["", "", "", "办公室"])
        agency = place + ("管理委员会" if zone else f"人民政府{office}")
        scale = {"county": MIDDLE, "city": LARGE, "province": LARGE}[level]
    we = next((short for ending, short in phrases.SHORT_NAMES.items() if agency.endswith(ending)), "本机关")
    return agency, we, scale


def _numbers(rng: random.Random, edition: str, scale: int) -> dict[str, Any]:
    form = registry.find(edition)
    numbers = {
        f"{section}.{value.path}": "0" if not value.is_count else 0
        for section in TABLES
        for value in form.grids[section].values
        if "total" not in value.path.split(".")
    }
    _disclosure(rng, numbers, scale)
    rows = {path.rpartition(".")[0] for path in numbers if path.startswith("applications.outcomes.")}
    _applications(rng, numbers, sorted(rows), scale)
    groups = ("reconsideration", "litigation.direct", "litigation.after_reconsideration")
    for group in groups:
        for result in RESULTS:
            if rng.random() < (0.1 if scale <= SMALL else 0.6):
                numbers[f"disputes.{group}.{result}"] = rng.randint(0, max(1, scale // 60))
    return numbers


def _disclosure(rng: random.Random, numbers: dict[str, Any], scale: int) -> None:
    for path in [path for path in numbers if path.startswith("proactive_disclosure.")]:
        row, key = path.split(".")[1:]
        if row == "rules" and scale < LARGE:
            continue
        if key == "amount":
            numbers[path] = rng.choice(
                ["0", f"{rng.randint(1, 9000)}", f"{rng.randint(1, 99999)}.{rng.randint(1, 99):02d}"]
            )
            if row == "central_procurement":
                numbers[path] = (
                    numbers[path].partition(".")[0] + rng.choice(["", "000"]) if numbers[path] != "0" else "0"
                )
        elif key == "items_change":
            numbers[path] = rng.choice([0, 0, rng.randint(-20, 40)])
        elif rng.random() < 0.6:
            numbers[path] = rng.randint(0, {"decisions": 30 * scale + 5}.get(key, scale // 4 + 6))


def _applications(rng: random.Random, numbers: dict[str, Any], rows: list[str], scale: int) -> None:
    applicants = [path.rpartition(".")[2] for path in numbers if path.startswith("applications.received.")]
    for nth, applicant in enumerate(applicants):
        share = 1 if nth == 0 else rng.choice([0, 0, 0.02, 0.1])
        received = rng.randint(0, max(1, int(scale * share))) if scale and share else 0
        carried_in = rng.randint(0, received // 8) if rng.random() < 0.5 else 0
        carried_forward = rng.randint(0, received // 8) if rng.random() < 0.5 else 0
        numbers[f"applications.received.{applicant}"] = received
        numbers[f"applications.carried_in.{applicant}"] = carried_in
        numbers[f"applications.carried_forward.{applicant}"] = carried_forward
        weights = [WEIGHTS.get(row.rpartition(".")[2], 1) for row in rows]
        for row in rng.choices(rows, weights, k=received + carried_in - carried_forward):
            numbers[f"{row}.{applicant}"] += 1


def fill(rng: random.Random, source: Source, text: str) -> str:
    received = sum(number for path, number in source.numbers.items() if path.startswith("applications.received."))
    return text.format(
        year=source.year, next=source.year + 1, agency=source.agency, we=source.we, place=source.agency[:2],
        received=received, big=rng.randint(300, 30000), mid=rng.randint(50, 900), small=rng.randint(5, 90),
        tiny=rng.randint(1, 9), k=rng.randint(1, 40), digit=rng.randint(0, 9),
    )  # fmt: skip


def _write(rng: random.Random, source: Source) -> None:
    def some(texts: list[str], *, count: int = 1) -> list[str]:
        return [fill(rng, source, text) for text in rng.sample(texts, min(count, len(texts)))]

    source.preamble = some(phrases.PREAMBLES)
    source.overview = some(phrases.LEADS) if rng.random() < 0.7 else []
    source.overview += _topics(rng, source)
    source.problems_and_improvements = _faults(rng, some)
    source.other_matters = some(phrases.FEES) if rng.random() < 0.9 else ["无。"]
    if rng.random() < 0.3:
        source.other_matters += some(phrases.OTHERS, count=rng.randint(1, 2))
    if rng.random() < 0.4:
        source.issued_by = source.agency
        source.issued_on = f"{source.year + 1}-01-{rng.randint(2, 31):02d}"


def _topics(rng: random.Random, source: Source) -> list[str]:
    style = rng.choice(["own line", "own line", "run in", "colon", "一是", "digits", "plain"])
    lines: list[str] = []
    for nth, (headings, sentences) in enumerate(zip(phrases.TOPIC_HEADINGS, phrases.TOPIC_SENTENCES, strict=True)):
        chosen = [fill(rng, source, text) for text in rng.sample(sentences, rng.randint(1, len(sentences)))]
        if rng.random() < 0.1:
            chosen *= 4
        body = "".join(chosen)
        heading = rng.choice(headings)
        if style == "own line":
            lines += [f"（{NUMERALS[nth]}）{heading}", body]
        elif style == "run in":
            lines.append(f"（{NUMERALS[nth]}）{heading}。{body}")
        elif style == "colon":
            lines.append(f"（{NUMERALS[nth]}）{heading}：{body}")
        elif style == "一是":
            lines.append(
                f"{NUMERALS[nth]}是{rng.choice(['抓好', '推进', '做好'])}{heading.removesuffix('情况')}。{body}"
            )
        elif style == "digits":
            lines += [f"{nth + 1}.{heading}", body]
        else:
            lines.append(body)
    return lines


def _faults(rng: random.Random, some: Any) -> list[str]:
    faults, cures = some(phrases.PROBLEMS), some(phrases.IMPROVEMENTS)
    style = rng.choice(["plain", "headings", "run in"])
    if style == "plain":
        return [*faults, *cures]
    if style == "headings":
        return ["（一）存在的主要问题", *faults, "（二）改进情况", *cures]
    return ["（一）存在的问题。" + faults[0], "（二）改进措施。" + cures[0]]
