"""The subcommands, one module a subject; each function short and without logic of its own."""
