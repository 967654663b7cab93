//! Text: where glyphs stand and what they say.
