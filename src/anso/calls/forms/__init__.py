"""Reading what visitors and officers typed about calls: the eligibility check, dates,
outcome, rubric, questions.
"""
