"""What a person should know of: incidents, feeds in words, metrics, and who is told."""
