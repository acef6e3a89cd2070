"""Floor 15: what the policies' targets ask, computed live from the facts of the apps below, with the rows behind every number."""
