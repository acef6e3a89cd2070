from wushe.policies.rules.consistency import contradictions
from wushe.policies.rules.layers import stacked
from wushe.policies.rules.reading import PACK_FILE, TESTS_FILE, Source, read_file, read_folder, read_text

__all__ = ["PACK_FILE", "TESTS_FILE", "Source", "contradictions", "read_file", "read_folder", "read_text", "stacked"]
