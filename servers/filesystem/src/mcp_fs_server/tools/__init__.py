"""The tools, one module each; `server.py` registers them."""
