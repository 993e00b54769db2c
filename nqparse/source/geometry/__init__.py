"""From marks on paper to lines of text: rows, columns, tables and paragraphs, by geometry alone.

    words (`words`) ─▶ rows (`rows`) ─▶ tables (`grids`), columns (`columns`) ─▶ lines (`compose`) ─▶ text (`writing`)

Nothing here knows what format the words come from: a PDF's text layer and an OCR engine give the same `Sheet`.
"""
