"""Membership (appendix I of the strategic plan, and its section on governance): an organisation
asks to join; two members recommend it, the Governing Board endorses, the Assembly approves.
"""

from __future__ import annotations

from anso.kernel.eligibility import Rule, RuleSet
from anso.kernel.questions import Audience
from anso.kernel.terms import (
    Benefit,
    EntryKind,
    Intake,
    LetterWords,
    Publication,
)
from anso.programmes.catalogue.agreeing import SEND, agreement, agreement_form
from anso.programmes.catalogue.bank import (
    LDC,
    both,
    without_readers,
)
from anso.programmes.catalogue.judging import criterion, open_rubric
from anso.programmes.catalogue.membership.form import FORM
from anso.programmes.kinds import ApplicantKind, ProgrammeKind, StagePlan, Window
from anso.programmes.outcomes import Admission

MEMBER_WORDS = LetterWords(
    name=both("recommendation of a member", "توصية عضو"),
    promised=both("Recommendations of members: {count}.", "توصيات الأعضاء: {count}."),
    heading=both("Does your organisation recommend {applicant}?", "هل توصي منظمتك بـ{applicant}؟"),
    request=both(
        "{applicant} asks in {call} that “{title}” join the alliance, and names you as somebody who"
        " speaks for a member. Does your organisation recommend it?",
        "يطلب {applicant} في {call} انضمام “{title}” إلى التحالف ويذكرك متحدثًا باسم عضو. هل توصي"
        " منظمتك بذلك؟",
    ),
    unanswered=both(
        "Both yes and no help: after a no another member can be asked.",
        "الإجابة بنعم أو بلا مفيدة: فبعد «لا» يمكن سؤال عضو آخر.",
    ),
    readers=both(
        "Your answer is read by those who decide; {applicant} is told your yes or no and nothing"
        " else of it.",
        "يقرأ إجابتك من يقررون؛ ويُخبَر {applicant} بنعم أو لا فحسب.",
    ),
    button=SEND,
)
NAMED = ("recommender_1", "recommender_2")

RULES = RuleSet(
    "programme",
    both("Rules of admission", "قواعد القبول"),
    (
        Rule(
            "M1",
            "is_member",
            both(
                "Those who recommend speak for members of the alliance.",
                "يتحدث من يوصون باسم أعضاء في التحالف.",
            ),
            {"fact": NAMED[0]},
            "Model: two recommendations, as academies ask of new members",
        ),
        Rule(
            "M2",
            "is_member",
            both("So does the second of them.", "وكذلك الثاني منهم."),
            {"fact": NAMED[1]},
            "Model: two recommendations, as academies ask of new members",
        ),
        Rule(
            "M3",
            "differs",
            both("They speak for two different members.", "يتحدثان باسم عضوين مختلفين."),
            {"fact": NAMED[0], "other": NAMED[1], "compares": "organisations"},
            "model: ours",
        ),
        Rule(
            "M4",
            "differs",
            both("Nobody recommends itself.", "لا توصي منظمة بنفسها."),
            {"fact": list(NAMED), "other": "organisation", "compares": "organisations"},
            "model: ours",
        ),
        Rule(
            "M5",
            "answer_is",
            both("The organisation works not for profit.", "لا تهدف المنظمة إلى الربح."),
            {"fact": "is_non_profit", "value": True},
            "model: ours; founders are academies, universities, institutes and agencies",
        ),
    ),
)

RUBRIC = open_rubric(
    criterion(
        "standing",
        both("Standing in science", "المكانة العلمية"),
        "0.5",
        both("What it is known for, at home and abroad.", "ما تُعرف به في بلدها وخارجه."),
    ),
    criterion(
        "contribution",
        both("What it brings", "ما تقدمه"),
        "0.5",
        both("To programmes, regions and fields of the alliance.", "لبرامج التحالف ومناطقه."),
    ),
    reviews_each=2,
)

MEMBERSHIP = ProgrammeKind(
    code="membership",
    name=both("Membership", "العضوية"),
    summary=both(
        "Organisations of science ask to join the alliance.",
        "طلبات منظمات علمية للانضمام إلى التحالف.",
    ),
    plan_section="4.1",
    division="information-communication",
    number_code="M",
    applicant=ApplicantKind.ORGANISATION,
    entry=EntryKind.APPLICATION,
    outcome=Admission(10, both("New members", "الأعضاء الجدد")),
    window=Window(opens="intake-01-01", closes="intake-06-30", zone="Asia/Shanghai"),
    intake=Intake(cut_offs=("06-30", "12-31"), with_others=True),
    stages=(
        StagePlan("applications", "applications", both("Applications", "تقديم الطلبات")),
        StagePlan(
            "screening", "screening", both("Eligibility check", "فحص الأهلية"), after=1, lasts=14
        ),
        StagePlan("review", "review", both("Review", "التحكيم"), after=15, lasts=28),
        StagePlan(
            "endorsement",
            "panel",
            both("Endorsement by the Governing Board", "تأييد مجلس الإدارة"),
            after=45,
            lasts=14,
        ),
        StagePlan(
            "approval",
            "decision",
            both("Approval by the Assembly", "موافقة الجمعية العامة"),
            after=60,
            lasts=30,
        ),
        StagePlan("release", "release", both("Answers", "الأجوبة"), after=91, lasts=1),
        StagePlan("joining", "offers", both("Joining", "الانضمام"), after=91, lasts=61),
    ),
    bodies={"jury": "governing-board", "conferring": "general-assembly"},
    form=without_readers(FORM, Audience.HOSTS),
    letters=(
        agreement(
            "member",
            NAMED,
            MEMBER_WORDS,
            agreement_form(
                both("Does your organisation recommend it?", "هل توصي منظمتك بها؟"),
                both("Why", "السبب"),
                key="reasons",
            ),
            days=14,
        ),
    ),
    check_keys=("organisation", "is_non_profit"),
    rule_sets=(RULES,),
    rubric=RUBRIC,
    groups=(LDC,),
    benefits=(
        Benefit(
            "vote",
            both("A seat and a vote in the Assembly", "مقعد وصوت في الجمعية العامة"),
            both("The alliance", "التحالف"),
            per="once",
        ),
    ),
    offer_days=60,
    publishes=Publication.NAMES,
    sources={
        "bodies": "Strategic plan, section 4.1: the Board endorses, the Assembly approves",
        "letters.member": "Model: two recommendations, as academies ask of new members",
        "benefits.vote": "Strategic plan, section 4.1",
        "window": "model; it stays open, with two batches a year",
        "stages": "model",
        "rubric": "model: ours",
        "offer_days": "model",
        "publishes": "Strategic plan, appendix I: members are named",
    },
)
