from wushe.imports.models.batch import Import, Progress
from wushe.imports.models.matching import Matching
from wushe.imports.models.row import Choice, Row, Standing

__all__ = ["Choice", "Import", "Matching", "Progress", "Row", "Standing"]
