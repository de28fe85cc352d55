"""The record: patients, episodes, assessments, consents, sessions, notes."""
