"""The room beside the product: everything that runs an installation on one machine.

Belongs here: the embedded PostgreSQL, what is prepared before anything is served, and the start and
the end of web and worker. Does not belong here: anything that the product needs to serve people; it
never imports this package, and of the product only ``anso.config`` is imported here.
"""
