"""Other people's data → plans: CSV, lists of plans, JSON Lines and FHIR. `rosters.read_roster` is the door."""
