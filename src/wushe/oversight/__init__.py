"""Floor 14: mid-term supervision, third-party evaluation, residents' satisfaction, acceptance."""
