"""The charts of one person, drawn with pyqtgraph, which is loaded once the window is seen (``chart_library``)."""
