"""From suspicious bytes to pictures that can be printed: SVG, PNG, JPEG and WebP."""
