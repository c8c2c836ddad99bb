"""Evidence-first tracker of Hong Kong stock concepts."""
