"""The terminal screens: panes painted from the flow's view, fed by an ordered desk."""
