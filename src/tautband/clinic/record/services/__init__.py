"""What may be done with the record: each function asks the policy, and leaves a trail."""
