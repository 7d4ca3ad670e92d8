"""What co-hosts are asked, in which words."""

from __future__ import annotations

from anso.kernel.terms import LetterWords
from anso.programmes.catalogue.agreeing import READ_OF_PROPOSAL, SEND, agreement_form
from anso.programmes.catalogue.bank import both

CO_HOST_WORDS = LetterWords(
    name=both("co-host’s confirmation", "تأكيد الجهة المضيفة المشاركة"),
    promised=both("The confirmation of every co-host.", "تأكيد كل جهة مضيفة مشاركة."),
    heading=both(
        "Do you hold a meeting together with {applicant}?", "هل تنظم لقاءً بالاشتراك مع {applicant}؟"
    ),
    request=both(
        "{applicant} proposes the meeting “{title}” to {call} and names your organisation as a"
        " co-host.",
        "يقترح {applicant} لقاء “{title}” على {call} ويذكر منظمتك جهةً مضيفة مشاركة.",
    ),
    unanswered=both(
        "Both yes and no help: a co-host who says no is not counted.",
        "الإجابة بنعم أو بلا مفيدة: الجهة التي تعتذر لا تُحتسب.",
    ),
    readers=READ_OF_PROPOSAL,
    button=SEND,
)
CO_HOST_FORM = agreement_form(
    both("Do you co-host this meeting?", "هل تشارك في استضافة هذا اللقاء؟"),
    both("What your organisation brings", "ما تقدمه منظمتك"),
)
