"""From shared questions to articles: what the pages of the unanswered questions are made of."""
