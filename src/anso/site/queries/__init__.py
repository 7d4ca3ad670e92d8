"""What the pages of the site read from the apps below: home, what I have to do, the overview of a
call.
"""
