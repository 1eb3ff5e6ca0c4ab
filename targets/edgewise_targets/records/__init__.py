"""What the outputs share that hold records to a JSON Schema: of values and ids, with examples of both.

`values` says which JSON an attribute or an id may be, `examples` gives some that are valid, and `notes` tells
machines what a manifest says of a relationship type.
"""
