"""After the needle: patients are asked how they are, and what they answer waits for a person."""
