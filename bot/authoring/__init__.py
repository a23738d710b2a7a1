"""Writing listings and articles into the authors' own YAML files: comments kept, all checked before."""
