from wushe.regions.actions.importing import import_regions
from wushe.regions.actions.marking import record_population, set_coverage, set_settlement
from wushe.regions.actions.piloting import end_pilot, name_pilot
from wushe.regions.actions.reshaping import SplitDraft, merge_regions, split_region

__all__ = [
    "SplitDraft",
    "end_pilot",
    "import_regions",
    "merge_regions",
    "name_pilot",
    "record_population",
    "set_coverage",
    "set_settlement",
    "split_region",
]
