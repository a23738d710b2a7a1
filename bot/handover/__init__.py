"""Hand-over to a human navigator: the queue, messages in writing, and the staff group on Telegram."""
