"""Being in step, live: looks at everybody who belongs together every few seconds, and says what may be said."""
