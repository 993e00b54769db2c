"""Optical character recognition: from pictures of pages to the same sheets that a text layer gives.

    page ─▶ picture (`picture`: rendered, levelled) ─▶ engine (`tesseract`, `true_ocr`) ─▶ words ─▶ sheet (`sheets`)

What follows, lines and columns and paragraphs, is the work of `nqparse.source.geometry`, as for any PDF.
"""
