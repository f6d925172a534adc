"""How much who may do: rates (GCRA), quotas per day and repeated identical calls, in memory or in Redis."""
