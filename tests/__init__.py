"""The tests of warpsmith; they mirror the rooms of `src/warpsmith`."""
