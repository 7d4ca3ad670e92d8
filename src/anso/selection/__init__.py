"""The pure selection library: choosing people and projects so that anyone can recompute it.

Here belong methods that take plain values and return a frozen answer with its explanation:
assignment, affinity, calibration, ranking, lottery, allocation, counting and the record.
Here does not belong anything that knows Django, a database, a clock or another part of anso.
"""
