"""The files of word processors: .docx, .odt, .rtf and .doc.

Each format has a reader that walks through its file and tells a `story`: paragraphs, tables, what stands in boxes,
above and below the page. The story ends as boxes of lines, and `finish` makes text of them as of a web page.
"""
