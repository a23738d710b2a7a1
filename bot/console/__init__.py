"""The staff's console in the browser: pages over the same functions as the desk in the chat."""
