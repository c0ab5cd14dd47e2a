"""Invented data to learn with: no row in it is a patient."""
