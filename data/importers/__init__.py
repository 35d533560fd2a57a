"""CSV files from shops and spreadsheets into the tables: read, understood, then written in small
transactions.
"""
