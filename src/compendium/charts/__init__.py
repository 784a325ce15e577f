"""Figures: one function a figure, from data and a language to a picture. `style` holds what all of them share."""
