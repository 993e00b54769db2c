"""The review of what was parsed: corrections as an overlay over the machine's reading, states, and what comes of them.

`nqparse.review.desk.Desk` is the way in. The machine's reading (`documents.json` of the archive) is never changed.
"""
