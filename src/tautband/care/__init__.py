"""The steps of care put together from the floors below; pure, used by every face."""
