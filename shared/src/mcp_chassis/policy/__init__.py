"""Who may do what: `policy.yaml`, compiled once, and one pure `Policy.decide(principal, request) -> Decision`."""
