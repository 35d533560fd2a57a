"""Campaigns: kept by a lead, chosen at the seal, rehearsed and reported."""
