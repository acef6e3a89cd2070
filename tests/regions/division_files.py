"""A small division tree in the form of the npm package, with every oddity of the real one under invented names."""

import csv
from pathlib import Path

ROWS = {
    "provinces.csv": [("91", "青原省"), ("92", "海川市")],
    "cities.csv": [("9103", "云川市"), ("9190", "省直辖县级行政区划"), ("9104", "玉门城市"), ("9201", "市辖区")],
    "areas.csv": [
        ("910326", "平湖县"), ("910371", "云川经济开发区"), ("919001", "独山市"), ("910400", "玉门城市"), ("920101", "东港区"), ("910327", "孤岛县"),
    ],
    "streets.csv": [
        ("910326001", "明德街道"), ("910326101", "石桥镇"), ("910326400", "青峰旅游区"), ("919001001", "独山街道"), ("910400100", "玉门街道"),
        ("920101001", "港口街道"), ("910327000", "孤岛县"), ("910371100", "新港镇"),
    ],
    "villages.csv": [
        ("910326001001", "东风社区居委会"), ("910326001002", "和平社区居委会"), ("910326101200", "柳树村委会"), ("910326400498", "青峰虚拟社区"),
        ("919001001001", "独山社区居委会"), ("910400100200", "玉门村委会"), ("920101001001", "港口社区居委会"), ("910327000000", "孤岛县"),
        ("910371100001", "新港社区居委会"),
    ],
}  # fmt: skip


def write_divisions(
    folder: Path, *, renamed: dict[str, str] | None = None, without: str = "", extra: tuple[tuple[str, str], ...] = ()
) -> Path:
    """The files; `renamed` names by code, `without` a code and all below it, `extra` villages."""
    for name, rows in ROWS.items():
        more = list(extra) if name == "villages.csv" else []
        kept = [(code, (renamed or {}).get(code, label)) for code, label in rows + more if not (without and code.startswith(without))]
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_NONNUMERIC).writerows([("code", "name"), *kept])
    return folder
