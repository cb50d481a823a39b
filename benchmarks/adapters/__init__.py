"""One module a task: our extractors in the prediction format of its scorer."""
