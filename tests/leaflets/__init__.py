"""Leaflets: their links, their paper, and what people find behind them."""
