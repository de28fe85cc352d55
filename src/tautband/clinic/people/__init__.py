"""Who works where: accounts, clinics, memberships with a role, credentials."""
