"""A message laid out in tiles: labels and values side by side, whatever their order, with nothing left between them."""
