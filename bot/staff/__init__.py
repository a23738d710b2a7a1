"""The staff desk in the chat: pure talk over broadcasts, sessions and notices, and its thin shell."""
