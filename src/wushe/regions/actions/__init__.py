from wushe.regions.actions.importing import import_regions

__all__ = ["import_regions"]
