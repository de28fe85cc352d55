"""How well the model does: on made-up patients, published group studies and published cases."""
