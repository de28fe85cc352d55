"""May this be needled, here, today: questionnaire, medicines, rules as data, and the engine."""
