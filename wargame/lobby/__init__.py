"""Games as people set them up: create, join, links, lists, the demo."""
