"""From a tenant's records to the tidy history frame."""
