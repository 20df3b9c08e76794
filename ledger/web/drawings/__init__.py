"""Drawings for the pages: coordinates only; the templates write the SVG."""
