"""The pictures of the README, made from the running app on the demo warehouse."""
