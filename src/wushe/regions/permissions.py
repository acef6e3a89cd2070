from enum import StrEnum


class Permission(StrEnum):
    """Who keeps the tree of places."""

    IMPORT_REGIONS = "regions.import_regions"
    MERGE_REGIONS = "regions.merge_regions"
    SPLIT_REGION = "regions.split_region"
    SET_SETTLEMENT = "regions.set_settlement"
    SET_COVERAGE = "regions.set_coverage"
    RECORD_POPULATION = "regions.record_population"
    NAME_PILOT = "regions.name_pilot"
    END_PILOT = "regions.end_pilot"
