"""Many plans → many packs: workers make them, one process keeps the record. The front door is `run.run_batch`."""
