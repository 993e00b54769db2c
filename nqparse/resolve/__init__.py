"""Resolving: what the entities of one document refer to.

Finders say what is written; the resolvers say what it means, and say nothing where that is in doubt. They read the
flow and the finders' mentions, never the source, and change nothing but the values of mentions.
"""
