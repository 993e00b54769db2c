"""What is shown of a document: an outline for the terminal and a page for the browser."""
