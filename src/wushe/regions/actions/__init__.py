from wushe.regions.actions.importing import import_regions
from wushe.regions.actions.marking import record_population, set_coverage, set_settlement
from wushe.regions.actions.reshaping import SplitDraft, merge_regions, split_region

__all__ = ["SplitDraft", "import_regions", "merge_regions", "record_population", "set_coverage", "set_settlement", "split_region"]
