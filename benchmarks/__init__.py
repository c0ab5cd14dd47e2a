"""How fast the course is, beside ipywidgets and plotly in the same run. Not a test: see README."""
