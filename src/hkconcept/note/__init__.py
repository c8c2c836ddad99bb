"""The note: composed from checked facts, and rendered as HTML, Markdown, JSON and SVG in two languages."""
