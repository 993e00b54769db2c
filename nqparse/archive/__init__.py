"""Archives: many documents in one SQLite file that can be resumed, asked in SQL, and handed on.

`schema` says what is in the file, `store` writes it, `archive.Archive` is the way in.
"""
