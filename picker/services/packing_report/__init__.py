"""What became of the proposals: empty room, overrides, damage sent back, and which packagings to stock."""


