from wushe.needs.models.attempt import VerdictAttempt
from wushe.needs.models.need import Need

__all__ = ["Need", "VerdictAttempt"]
