"""What the fellowship asks of those who write for an applicant: referees and the supervisor."""

from __future__ import annotations

from anso.kernel.questions import Answered, Equals, Form, Limit, Question, Section
from anso.kernel.terms import LetterWords
from anso.programmes.catalogue.bank import PANEL, PDF_OR_SCAN, both, options

REFEREE_WORDS = LetterWords(
    name=both("referee’s letter", "رسالة المزكّي"),
    promised=both("Letters of referees: {count}.", "رسائل المزكّين: {count}."),
    heading=both("{applicant} asks you for a letter", "يطلب منك {applicant} رسالة توصية"),
    request=both(
        "{applicant} applies for {call} and names you as a referee. We ask you for a letter; you"
        " can write it on the page or upload it.",
        "يتقدم {applicant} إلى {call} ويذكرك مزكّيًا. نطلب منك رسالة توصية؛ يمكنك كتابتها في الصفحة"
        " أو رفعها.",
    ),
    unanswered=both(
        "If you cannot or do not want to, say so on the same page: the applicant can then ask"
        " somebody else.",
        "إن لم تستطع أو لم ترغب، فاذكر ذلك في الصفحة نفسها: فيمكن لمقدم الطلب أن يسأل شخصًا آخر.",
    ),
    readers=both(
        "Your letter is read by those who judge the application; the applicant never sees it.",
        "يقرأ رسالتك من يقيّمون الطلب؛ ولا يراها مقدم الطلب أبدًا.",
    ),
    button=both("Send the letter", "أرسل الرسالة"),
)
SUPERVISOR_WORDS = LetterWords(
    name=both("supervisor’s statement", "بيان المشرف"),
    promised=both(
        "The agreement of a supervisor.",
        "موافقة مشرف.",
    ),
    heading=both("Would you supervise {applicant}?", "هل تقبل الإشراف على {applicant}؟"),
    request=both(
        "{applicant} applies for {call} and names you as supervisor at {host}. Would you take this"
        " applicant?",
        "يتقدم {applicant} إلى {call} ويذكرك مشرفًا في {host}. هل تقبل الإشراف على مقدم هذا الطلب؟",
    ),
    unanswered=both(
        "Both yes and no help: after a no the applicant can ask somebody else.",
        "الإجابة بنعم أو بلا مفيدة: فبعد «لا» يمكن لمقدم الطلب أن يسأل شخصًا آخر.",
    ),
    readers=both(
        "Your answer is read by those who judge the application; {applicant} is told your yes or no"
        " and nothing else of it.",
        "يقرأ إجابتك من يقيّمون الطلب؛ ويُخبَر {applicant} بنعم أو لا فحسب.",
    ),
    button=both("Send my answer", "أرسل إجابتي"),
)

REFEREE_FORM = Form(
    (
        Section(
            "letter",
            both("Your letter", "رسالتك"),
            (
                Question(
                    "relation",
                    "choice",
                    both("How do you know the applicant?", "كيف تعرف مقدم الطلب؟"),
                    who_sees=PANEL,
                    options=options(
                        ("supervised", "I supervised their thesis", "أشرفت على رسالته"),
                        ("taught", "I taught them", "درّسته"),
                        ("worked", "We worked together", "عملنا معًا"),
                        ("other", "In another way", "بطريقة أخرى"),
                    ),
                ),
                Question(
                    "years_known",
                    "number",
                    both("For how many years?", "منذ كم سنة؟"),
                    who_sees=PANEL,
                    limit=Limit.of("number", least=0, most=60),
                ),
                Question(
                    "standing",
                    "choice",
                    both(
                        "Compared with others at this stage whom you have taught, the applicant is",
                        "مقارنة بمن درّستهم في هذه المرحلة، مقدم الطلب",
                    ),
                    who_sees=PANEL,
                    options=options(
                        ("top_2", "among the best 2 in 100", "من أفضل 2 من كل 100"),
                        ("top_10", "among the best 10 in 100", "من أفضل 10 من كل 100"),
                        ("top_25", "among the best 25 in 100", "من أفضل 25 من كل 100"),
                        ("middle", "in the middle", "في الوسط"),
                        ("lower", "below the middle", "دون الوسط"),
                        ("cannot_judge", "I cannot judge", "لا أستطيع الحكم"),
                    ),
                ),
                Question(
                    "letter_way",
                    "choice",
                    both("Your letter", "رسالتك"),
                    who_sees=PANEL,
                    options=options(
                        ("write", "I write it here", "أكتبها هنا"),
                        ("upload", "I upload it", "أرفعها"),
                    ),
                ),
                Question(
                    "letter_text",
                    "longtext",
                    both("What should we know?", "ماذا ينبغي أن نعرف؟"),
                    hint=both(
                        "Strengths, limits, fitness for research.",
                        "نقاط القوة والحدود والصلاحية للبحث.",
                    ),
                    who_sees=PANEL,
                    condition=Equals("letter_way", "write"),
                    limit=Limit.of("words", least=50, most=1000),
                ),
                Question(
                    "letter_file",
                    "file",
                    both("Signed letter", "رسالة موقعة"),
                    who_sees=PANEL,
                    condition=Equals("letter_way", "upload"),
                    file=PDF_OR_SCAN,
                ),
            ),
        ),
    )
)

SUPERVISOR_FORM = Form(
    (
        Section(
            "statement",
            both("Your statement", "بيانك"),
            (
                Question(
                    "is_acceptance",
                    "yesno",
                    both("Would you supervise this applicant?", "هل تقبل الإشراف على مقدم الطلب؟"),
                    who_sees=PANEL,
                ),
                Question(
                    "institute",
                    "text",
                    both("Your institute or department", "معهدك أو قسمك"),
                    who_sees=PANEL,
                    condition=Equals("is_acceptance", True),
                    limit=Limit.of("characters", most=200),
                ),
                Question(
                    "comment",
                    "longtext",
                    both(
                        "Comment on the applicant and the proposal", "تعليق على مقدم الطلب والمقترح"
                    ),
                    who_sees=PANEL,
                    required=False,
                    condition=Answered("is_acceptance"),
                    limit=Limit.of("words", most=500),
                ),
            ),
        ),
    )
)
