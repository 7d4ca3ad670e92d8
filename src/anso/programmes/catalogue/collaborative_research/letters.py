"""What collaborative research asks of the partners whom a proposal names, in which words."""

from __future__ import annotations

from anso.kernel.terms import LetterWords
from anso.programmes.catalogue.bank import agreement_form, both

PARTNER_WORDS = LetterWords(
    name=both("partner’s confirmation", "تأكيد الشريك"),
    promised=both("The confirmation of every partner.", "تأكيد كل شريك."),
    heading=both(
        "Do you take part in a project of {applicant}?", "هل تشارك في مشروع يقوده {applicant}؟"
    ),
    request=both(
        "{applicant} proposes the project “{title}” to {call} and names you and your organisation"
        " as a partner.",
        "يقترح {applicant} مشروع “{title}” على {call} ويذكرك ومنظمتك شريكًا فيه.",
    ),
    unanswered=both(
        "Both yes and no help: a partner who says no is not counted.",
        "الإجابة بنعم أو بلا مفيدة: الشريك الذي يعتذر لا يُحتسب.",
    ),
    readers=both(
        "Your answer is read by those who judge the proposal; {applicant} is told your yes or no"
        " and nothing else of it.",
        "يقرأ إجابتك من يقيّمون المقترح؛ ويُخبَر {applicant} بنعم أو لا فحسب.",
    ),
    button=both("Send my answer", "أرسل إجابتي"),
)

PARTNER_FORM = agreement_form(
    both("Do you take part?", "هل تشارك؟"),
    both("What your organisation brings", "ما تقدمه منظمتك"),
)
