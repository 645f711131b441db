// Stand-in: the program `node` in this image knows this file by its name and serves the realtime port itself.
