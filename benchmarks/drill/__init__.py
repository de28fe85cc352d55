"""An installation with made-up people, its server, and clients that use it as browsers do."""
