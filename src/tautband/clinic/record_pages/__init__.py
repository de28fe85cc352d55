"""Pages of the record: patients, their timeline, episodes, import and export."""
