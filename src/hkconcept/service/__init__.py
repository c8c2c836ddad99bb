"""The main job and the workspace it runs in."""
