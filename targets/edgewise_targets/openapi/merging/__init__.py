"""A host's own description with our fragments in it: exact to the byte of what is the host's.

The text of the host is never printed anew. What is ours in it is cut out (`splice.without`), and what the
catalog has now is put in (`splice.with_`), at places that a parser finds which keeps them (`outline`). So a
merge is a function of the host's own text and the catalog: twice is once, and a type withdrawn was never
there. What is ours stands in a record at the root of the host (`record`).
"""
