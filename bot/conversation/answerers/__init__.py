"""The answerers, one file each. Their order is the policy and stands in navigator.py."""
