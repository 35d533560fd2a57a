"""Scanners and cameras beside the keyboard."""
