"""The renderers: one module for each family of documents, and what they draw with."""

from printing.render.picture import Note, NoteKind, Picture

__all__ = ["Note", "NoteKind", "Picture"]
