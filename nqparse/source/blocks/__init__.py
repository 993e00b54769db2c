"""What formats with blocks have in common: boxes of lines, tables, old fonts, and the way back to text.

Web pages and the files of word processors are read into the same boxes, so that the same document gives the same
text whatever it was written with.
"""
