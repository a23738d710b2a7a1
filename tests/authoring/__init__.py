"""Writing the authors' files from the console and the desk."""
