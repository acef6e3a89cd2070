from wushe.reports.actions.publishing import write_release

__all__ = ["write_release"]
