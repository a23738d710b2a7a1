"""Leaflets, posters and cards with QR codes: signed links, and PDFs made from the directory."""
