"""Speed and quality, measured; floors in floors.toml."""
