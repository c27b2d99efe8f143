"""The time of the narrative checks by length of a paragraph, up to 10 MB; it should grow linearly."""

from __future__ import annotations

import time

from annual_report import AnnualReport, check

SENTENCES = {
    "applications": "2024年，我局共收到政府信息公开申请12件，其中自然人10件、其他组织2件；答复12件，予以公开8件。",
    "one sentence": "收到政府信息公开申请12件，网上申请10件，",
    "no numbers": "认真做好政府信息公开申请的受理、登记、办理和答复工作。",
    "denials": "未发生因政府信息公开引发的行政复议、行政诉讼，",
    "numerals": "一二三百十〇零",
    "digits": "公开申请9999999999999999",
    "brackets": "其他处理（含逾期不补正申请）1件",
    "open brackets": "（公开申请",
    "bodies": "各市局各县政府收到公开申请",
    "telephones": "1381234567",
}
END = "收到政府信息公开申请12件。"
MEGABYTES = (1, 3, 10)


def main() -> None:
    blank = AnnualReport.blank(agency="某某市民政局", year=2024).model_dump(mode="json")
    check(AnnualReport.model_validate(blank))
    print("CPU seconds per MB:     " + "".join(f"{size:>9} MB" for size in MEGABYTES))
    for name, sentence in SENTENCES.items():
        print(f"  {name:22}", end="")
        for size in MEGABYTES:
            text = sentence * (size * 1_000_000 // len(sentence.encode())) + END
            report = AnnualReport.model_validate(blank | {"overview": text})
            started = time.process_time()
            check(report)
            print(f"{(time.process_time() - started) / size:12.2f}", end="", flush=True)
        print()


if __name__ == "__main__":
    main()
