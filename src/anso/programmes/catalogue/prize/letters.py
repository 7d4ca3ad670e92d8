"""What the prize asks of those who support a nomination, and of the nominee, in which words."""

from __future__ import annotations

from anso.kernel.questions import Equals, Form, Limit, Question, Section
from anso.kernel.terms import LetterWords
from anso.programmes.catalogue.bank import JUDGES, PANEL, both

SUPPORT_WORDS = LetterWords(
    name=both("supporter’s letter", "رسالة المؤيد"),
    promised=both("Letters of support: {count}.", "رسائل التأييد: {count}."),
    heading=both(
        "{applicant} asks you for a letter of support", "يطلب منك {applicant} رسالة تأييد"
    ),
    request=both(
        "{applicant} nominates {title} for {call} and names you as somebody who supports it. We ask"
        " you for a letter.",
        "يرشح {applicant} {title} لنيل {call} ويذكرك مؤيدًا لهذا الترشيح. نطلب منك رسالة.",
    ),
    unanswered=both(
        "If you cannot or do not want to, say so on the same page: somebody else can then be"
        " asked.",
        "إن لم تستطع أو لم ترغب، فاذكر ذلك في الصفحة نفسها: فيمكن سؤال شخص آخر.",
    ),
    readers=both(
        "Your letter is read by those who judge the nomination; the nominator never sees it.",
        "يقرأ رسالتك من يقيّمون الترشيح؛ ولا يراها مقدم الترشيح أبدًا.",
    ),
    button=both("Send the letter", "أرسل الرسالة"),
)
CONSENT_WORDS = LetterWords(
    name=both("nominee’s consent", "موافقة المرشّح"),
    promised=both("The agreement of the nominee.", "موافقة المرشح."),
    heading=both(
        "Do you agree to be nominated by {applicant}?", "هل توافق على أن يرشحك {applicant}؟"
    ),
    request=both(
        "{applicant} nominates {title} for {call}.",
        "يرشح {applicant} {title} لنيل {call}.",
    ),
    unanswered=both("Both yes and no help.", "الإجابة بنعم أو بلا مفيدة."),
    readers=both(
        "Your answer is read by those who judge the nomination; {applicant} is told your yes or no"
        " and nothing else of it.",
        "يقرأ إجابتك من يقيّمون الترشيح؛ ويُخبَر {applicant} بنعم أو لا فحسب.",
    ),
    button=both("Send my answer", "أرسل إجابتي"),
)

SUPPORT_FORM = Form(
    (
        Section(
            "support",
            both("Your support", "دعمك"),
            (
                Question(
                    "is_unrelated",
                    "statement",
                    both(
                        "I am neither a relative nor a colleague of the nominee.",
                        "لست من أقارب المرشح ولا من زملائه.",
                    ),
                    who_sees=PANEL,
                ),
                Question(
                    "letter_text",
                    "longtext",
                    both("Why this nominee?", "لماذا هذا المرشح؟"),
                    who_sees=JUDGES,
                    limit=Limit.of("words", least=50, most=700),
                ),
            ),
        ),
    )
)

CONSENT_FORM = Form(
    (
        Section(
            "consent",
            both("Your consent", "موافقتك"),
            (
                Question(
                    "is_acceptance",
                    "yesno",
                    both("Do you agree to be nominated?", "هل توافق على ترشيحك؟"),
                    who_sees=PANEL,
                ),
                Question(
                    "may_publish",
                    "yesno",
                    both(
                        "May a summary be published if you receive the prize?",
                        "هل يجوز نشر ملخص إذا نلت الجائزة؟",
                    ),
                    who_sees=PANEL,
                    condition=Equals("is_acceptance", True),
                ),
            ),
        ),
    )
)
