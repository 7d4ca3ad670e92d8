"""What the host, and the scholar for whom a host writes, are asked."""

from __future__ import annotations

from anso.kernel.terms import LetterWords
from anso.programmes.catalogue.agreeing import READ_OF_APPLICATION, SEND, agreement_form
from anso.programmes.catalogue.bank import both

HOST_WORDS = LetterWords(
    name=both("host’s agreement", "موافقة الجهة المضيفة"),
    promised=both("The agreement of the host.", "موافقة الجهة المضيفة."),
    heading=both("Would you receive {applicant}?", "هل تستقبل {applicant}؟"),
    request=both(
        "{applicant} applies for {call} with the work “{title}” and names you as the one who"
        " receives the scholar. Would you?",
        "يتقدم {applicant} إلى {call} بعمل “{title}” ويذكرك مستقبِلًا للباحث. هل تقبل ذلك؟",
    ),
    unanswered=both(
        "Both yes and no help: after a no another host can be asked.",
        "الإجابة بنعم أو بلا مفيدة: فبعد «لا» يمكن سؤال مضيف آخر.",
    ),
    readers=READ_OF_APPLICATION,
    button=SEND,
)
HOST_FORM = agreement_form(
    both("Would you receive this scholar?", "هل تستقبل هذا الباحث؟"),
    both(
        "What the host gives: room, laboratory, share of the cost",
        "ما تقدمه الجهة المضيفة: السكن والمختبر وحصتها من الكلفة",
    ),
)

SCHOLAR_WORDS = LetterWords(
    name=both("scholar’s consent", "موافقة الباحث"),
    promised=both(
        "The consent of the scholar, where a host writes on their behalf.",
        "موافقة الباحث عندما تكتب الجهة المضيفة نيابة عنه.",
    ),
    heading=both("{applicant} asks for a scholarship for you", "يطلب {applicant} منحة لك"),
    request=both(
        "{applicant} writes on your behalf to {call}, with the work “{title}”. Do you want it?",
        "يكتب {applicant} نيابة عنك إلى {call} بعمل “{title}”. هل ترغب في ذلك؟",
    ),
    unanswered=both(
        "Without your yes nothing is given.",
        "بدون موافقتك لا يُمنح شيء.",
    ),
    readers=READ_OF_APPLICATION,
    button=SEND,
)
SCHOLAR_FORM = agreement_form(
    both("Do you want this scholarship?", "هل ترغب في هذه المنحة؟"),
    both("Anything that the host should arrange", "ما ينبغي أن ترتبه الجهة المضيفة"),
    key="wishes",
)
