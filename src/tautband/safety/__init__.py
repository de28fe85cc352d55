"""May this be needled, here, today, by whom, how deep; what to do when something went wrong."""
