"""What can be done with applications: drafts, documents, letters, submission, screening. Every
change is one of these.
"""

from __future__ import annotations

from anso.applications.actions.batches import carry_on
from anso.applications.actions.deadline_notices import notify_of_cancellation, notify_of_extension
from anso.applications.actions.documents import (
    add_document,
    attach_upload,
    receipt_of,
    remove_document,
)
from anso.applications.actions.drafts import (
    SaveResult,
    adopt_form_version,
    save_answers,
    start_application,
)
from anso.applications.actions.export_views import keep_export_view, remove_export_view
from anso.applications.actions.leading import (
    advance_applications,
    invite_applications,
    reject_applications,
)
from anso.applications.actions.letter_writers import (
    attach_letter_file,
    attach_letter_upload,
    complete_letter,
    decline_letter,
    open_letter,
    save_letter_draft,
)
from anso.applications.actions.letters import (
    ask_letter,
    ask_letters,
    issue_own_letter_link,
    remind_letter,
    replace_letter,
    resend_letter,
)
from anso.applications.actions.reusing import Begun, start_from_earlier
from anso.applications.actions.rule_answers import (
    AskedAnew,
    answer_rule,
    take_back_rule_answers,
)
from anso.applications.actions.screening import (
    ScreeningResult,
    check_applications,
    confirm_eligible,
    foresee_screening,
    reject_ineligible,
    reopen_screening,
    run_eligibility_check,
    screen_applications,
    screen_as_shown,
)
from anso.applications.actions.submissions import (
    attach_receipt,
    remind_draft,
    submit_application,
    withdraw_application,
)

__all__ = [
    "AskedAnew",
    "Begun",
    "SaveResult",
    "ScreeningResult",
    "add_document",
    "adopt_form_version",
    "advance_applications",
    "answer_rule",
    "ask_letter",
    "ask_letters",
    "attach_letter_file",
    "attach_letter_upload",
    "attach_receipt",
    "attach_upload",
    "carry_on",
    "check_applications",
    "complete_letter",
    "confirm_eligible",
    "decline_letter",
    "foresee_screening",
    "invite_applications",
    "issue_own_letter_link",
    "keep_export_view",
    "notify_of_cancellation",
    "notify_of_extension",
    "open_letter",
    "receipt_of",
    "reject_applications",
    "reject_ineligible",
    "remind_draft",
    "remind_letter",
    "remove_document",
    "remove_export_view",
    "reopen_screening",
    "replace_letter",
    "resend_letter",
    "run_eligibility_check",
    "save_answers",
    "save_letter_draft",
    "screen_applications",
    "screen_as_shown",
    "start_application",
    "start_from_earlier",
    "submit_application",
    "take_back_rule_answers",
    "withdraw_application",
]
