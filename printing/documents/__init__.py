"""What can be printed: the content of each document, free of any printer's language.

One module for each subject, which also says what name each of its documents is kept under.
"""

from printing.documents import customs, inserts, labels, signs, slips

Document = labels.ParcelPaper | slips.Slip | customs.CustomsPaper | inserts.Insert | signs.Sign

KINDS: dict[str, type[Document]] = {
    **labels.KINDS,
    **slips.KINDS,
    **customs.KINDS,
    **inserts.KINDS,
    **signs.KINDS,
}
"""Every document by the name it is kept under."""
