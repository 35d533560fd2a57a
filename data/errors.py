"""What this room raises on purpose: every message is a whole sentence for a person."""


class DataError(Exception):
    """Something about the database or a file that a person can act on."""


class DatabaseBusyError(DataError):
    """Another program held the database's write lock for too long; trying again later is safe."""


class SchemaError(DataError):
    """The database's tables are not those this program knows."""
