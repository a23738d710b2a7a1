"""What the pages about sessions share: lists of coming dates, the form, and saving it."""
