"""Floor 13: delivery: the agency enters the station, activities and visits, who took part, progress against the agreement."""
