"""Floor 7: social work agencies, community organisations, federations; their life from preparation to registration, and sanctions."""
