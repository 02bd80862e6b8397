"""The charts of one person, drawn with pyqtgraph, which is loaded when the first is opened (``chart_loading``)."""
