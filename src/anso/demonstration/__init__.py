"""The demonstration alliance: invented people and calls, made through the actions that users call.
No models of its own.
"""
