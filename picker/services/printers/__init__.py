"""A station's printers: their list, their spool, their workers."""
