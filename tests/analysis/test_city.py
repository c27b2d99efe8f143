"""A generated city of 120 bodies: every error that was put in is found, and no other."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from publications.drawing import Source, draw

from annual_report import Roster, aggregate, check
from annual_report.form import registry
from annual_report.report.model import AnnualReport

BODIES = 120
CITY = {"agency": "某市人民政府", "year": 2024}
SEEDS = range(5)


class City:
    """The bodies' reports by name, and what is wrong with them: the finding's id and the body."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.sources = {f"第{number}局": self._source(f"第{number}局") for number in range(BODIES)}
        self.reports = [source.report() for source in self.sources.values()]
        self.errors: Counter[tuple[str, str]] = Counter()
        self.former: dict[str, str] = {}
        self.parents: dict[str, str] = {}
        self.not_counted: set[str] = set()

    def _source(self, name: str) -> Source:
        while True:
            source = draw(self.rng)
            if source.edition == "2021":
                source.agency, source.year = name, CITY["year"]
                return source

    def plant(self) -> None:
        """Put errors into the bodies' reports, each of them in another body's."""
        names = self.rng.sample(sorted(self.sources), 26)
        for name in names[:4]:
            self._replace(name)
            self.errors["parts.missing", name] += 1
        for name in names[4:7]:
            self.reports.append(self.sources[name].report())
            self.errors["parts.duplicate", name] += 1
        for name in names[7:10]:
            self._replace(name, self._changed(name, year=2023))
            self.errors["parts.year", name] += 1
        for name in names[10:13]:
            stated = self.rng.randrange(10**6, 10**7)
            self._replace(name, self.sources[name].report({"applications.received.total": stated}))
            self.errors["applications.total", name] += 1
        for name in names[13:16]:
            self.sources[name].numbers["applications.carried_in.natural_person"] += 1
            self._replace(name, self.sources[name].report())
            self.errors["applications.balance", name] += 1
        for name in names[16:19]:
            self._replace(name, self._changed(name, agency=f"原{name}"))
            self.former[name] = f"原{name}"
        for name in names[19:22]:
            self.parents[name] = names[25]
            self.errors["parts.counted", name] += 1
        self.not_counted.update(names[22:24])
        self.reports.append(self._source("名单外的局").report())
        self.errors["parts.agency", "名单外的局"] += 1
        self.rng.shuffle(self.reports)

    def _changed(self, name: str, **fields: object) -> AnnualReport:
        return AnnualReport.model_validate(self.sources[name].report().model_dump() | fields)

    def _replace(self, name: str, *reports: AnnualReport) -> None:
        self.reports = [report for report in self.reports if report.agency != name] + list(reports)

    def roster(self) -> Roster:
        lines = [
            ",".join(
                [name, self.former.get(name, ""), self.parents.get(name, ""), "否" if name in self.not_counted else ""]
            )
            for name in self.sources
        ]
        return Roster.parse("\n".join(["name,former_names,parent,counted", *lines]))

    def sums(self) -> dict[str, int]:
        """Add up what the bodies have to say, without their reports."""
        return {
            path: sum(source.numbers[path] for source in self.sources.values())
            for path, cell in registry.find("2021").cells.items()
            if cell.adds_up and cell.is_count
        }


@pytest.fixture(params=SEEDS)
def city(request):
    return City(random.Random(request.param))


def test_a_city_in_order_has_no_findings_and_its_sums_are_its_bodies(city):
    whole = aggregate(city.reports, **CITY, roster=city.roster())
    assert not whole.findings
    values = whole.report.values
    assert {path: values[path] for path in city.sums()} == city.sums()
    found = check(whole.report, parts=city.reports, roster=city.roster())
    assert [finding.id for finding in found if finding.id.startswith("parts")] == []


def test_every_error_that_was_put_in_is_found_and_no_other(city):
    city.plant()
    whole = aggregate(city.reports, **CITY, roster=city.roster(), allow_findings=True)
    found = Counter((finding.id, finding.place.split(" › ")[0]) for finding in whole.findings)
    assert set(found) == set(city.errors)
    assert all(count == city.errors[error] for error, count in found.items() if error[0].startswith("parts."))
    not_added = {name for rule, name in city.errors if rule in {"parts.duplicate", "parts.year"}}
    assert {agency for agency, _ in whole.left_out} == not_added | city.not_counted


def test_every_cell_of_the_citys_report_that_is_not_the_sum_is_found_and_no_other(city):
    report = aggregate(city.reports, **CITY, roster=city.roster()).report
    data = report.model_dump(exclude_none=True)
    paths = city.rng.sample([path for path in city.sums() if path.startswith("disputes.")], 5)
    for path in paths:
        *parents, key = path.split(".")
        row = data
        for parent in parents:
            row = row[parent]
            row.pop("total", None)
        row[key] += city.rng.randrange(1, 9)
    found = check(AnnualReport.model_validate(data), parts=city.reports, roster=city.roster())
    assert {finding.path for finding in found if finding.id == "parts.sum"} == set(paths)
