"""What a shift lead must see in five seconds: which cut-off will be missed, and what is in the way."""
