from wushe.kernel.models.counter import Counter

__all__ = ["Counter"]
