"""The bundled sample news site: two outlets and a wire agency, all of them invented.

`outlets.toml` and `articles/*.md` are the content; `templates/*.html` and `pages` make pages of it
that are as untidy as real ones; `syndication` makes the feeds; `server` serves it all on loopback.
"""
