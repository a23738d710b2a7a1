"""What is measured, each beside a peer or a limit; nothing here is asserted in a test."""
