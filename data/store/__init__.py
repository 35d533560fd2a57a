"""Reading and writing a shop's facts inside a transaction somebody else holds.

Every function takes a `Connection` and never commits: the unit of work is
`with database.writer.begin() as connection`, which rolls back unless it ends well. Statements are
built once and are SQLAlchemy Core, because a station's scan can't afford the ORM.
"""
