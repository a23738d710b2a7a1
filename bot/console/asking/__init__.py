"""The queue of people who asked for a person: how it is shown, and what is done with a request."""
