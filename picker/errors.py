"""What a person asked for that can't be done: every such error is a sentence for that person."""


class Mistake(Exception):
    """Something that whoever gave the command can mend; shown as one line, without a traceback, exit code 2."""


class Unknown(Mistake):
    """There is no order, campaign, document or person as it was named."""
