"""The terminal screens: panes painted from the flow's view, fed by the station's thread."""

import os

# Textual reads this once, when it is first imported. At its 60 frames a verdict that follows another frame waits
# up to 33 ms for its own; at 240 it waits 8, and a still screen costs nothing either way.
os.environ.setdefault("TEXTUAL_FPS", "240")
