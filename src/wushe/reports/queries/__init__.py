from wushe.reports.queries.packages import record_package, release_package
from wushe.reports.queries.releases import release_content

__all__ = ["record_package", "release_content", "release_package"]
