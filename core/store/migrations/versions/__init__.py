"""The steps, one module each. A step that was released is never edited."""
