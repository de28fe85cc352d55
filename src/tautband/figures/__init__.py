"""Figures of many treatments: rates with exact intervals, control charts, small cells withheld."""
