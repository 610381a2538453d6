"""What the commands draw with Rich; imported when they draw."""
