"""The pages of the documentation, and the command that writes what is made from code into them: `docs.make`."""
