"""An app of the tests: models that use every kind of sealed field."""
