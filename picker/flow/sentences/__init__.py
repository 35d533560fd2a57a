"""Every sentence an operator can see, by the screen it belongs to."""

from picker.flow.sentences import checking, packaging, picking, prompts, sealing, station, words
from picker.flow.severity import Sentences

CATALOGUE: Sentences = {
    **station.SENTENCES,
    **picking.SENTENCES,
    **checking.SENTENCES,
    **packaging.SENTENCES,
    **sealing.SENTENCES,
    **words.SENTENCES,
    **prompts.SENTENCES,
}
"""Key of a message -> its severity and its English words."""
