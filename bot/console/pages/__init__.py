"""One module for each page of the console; `bot/console/app.py` lists them all."""
