"""Every sentence about a selection, read against the numbers it came from: the calls, and what each
sentence may say.
"""
