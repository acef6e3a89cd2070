from wushe.reports.models.release import Release

__all__ = ["Release"]
