"""What the service measures, as pictures and files: small numbers hidden, also from subtraction."""
