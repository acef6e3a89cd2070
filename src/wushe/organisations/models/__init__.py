from wushe.organisations.models.organisation import Kind, Organisation, PurposeClass
from wushe.organisations.models.sanction import Sanction

__all__ = ["Kind", "Organisation", "PurposeClass", "Sanction"]
