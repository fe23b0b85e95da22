"""English."""

from ..aspects import Aspect
from .language import Language

ENGLISH = Language(
    "en",
    before=frozenset({"not", "no", "never", "without", "nothing", "hardly", "neither", "nor", "cannot"}),
    after=frozenset(),
    phrases={
        Aspect.WAITING: """
            still wait*, been waiting, have waited, wait* weeks, wait* days, wait* months, wait* since, kept waiting,
            kept us waiting, kept me waiting, keep waiting, keep us waiting, keep me waiting, tired of waiting, no
            answer*, no reply, no replies, no response*, not answer*, never answer*, nobody answer*, nobody call*,
            nobody repl*, nobody came, nobody seems, no one answer*, no one call*, no one repl*, not replied, never
            replied, not respond*, not heard, never heard, heard nothing, unanswered, ignored, overdue, delay, delays,
            delayed, too late, late again, so late, weeks late, days late, too slow, so slow, very slow, still no,
            still not, not arrived, never arrived, not receiv*, never receiv*, not delivered, never delivered, not
            come, never came, no news, too long, takes ages, took ages, for ages
        """,
        Aspect.CROSS: """
            angry, furious, upset, annoy*, disappoint*, dissatisf*, unsatisf*, unhappy, not happy, not satisfied, not
            pleased, not impressed, not good, not good enough, unacceptable, not acceptable, unprofessional, outrag*,
            ridiculous*, disgrac*, terribl*, awful*, horribl*, worst, useless, worthless, frustrat*, fed up, had
            enough, enough is enough, shame, shameful, ashamed, disgust*, appall*, incompeten*, nonsense, rubbish,
            poor, poorly, bad, badly, waste, wasted, complain*, let us down, let me down, lost trust, lost confidence,
            lost faith, no trust, rude, unreliable, a joke, a mess, hate, hated, regret buying, disaster*, pathetic,
            crap*, garbage, junk, avoid, not worth, not recommend*, never again, mislead*, misled, cheated, scam,
            dishonest, not serious
        """,
        Aspect.AGAIN: """
            again and again, second time, third time, fourth time, fifth time, once again, yet again, every time, each
            time, time after time, same problem*, same error*, same fault*, same issue*, same trouble, still broken,
            still fail*, still happen*, keeps fail*, keep fail*, keeps break*, keeps happen*, keeps com*, broken again,
            down again, failed again, back again, offline again, wrong again, recurring, recurs, repeatedly, not fixed,
            not solved, not resolved, never fixed, never solved, never worked, unsolved, unresolved
        """,
        Aspect.LEAVING: """
            cancel* contract*, cancel* subscription*, cancel* account*, cancel* agreement*, cancel* order*, cancel*
            service*, terminat* contract*, terminat* agreement*, terminat* subscription*, end our contract, end the
            contract, give notice, gave notice, giving notice, not renew*, never renew*, instead of renewing, switch*
            supplier*, switch* provider*, switch* vendor*, chang* supplier*, chang* provider*, switching to, another
            supplier*, another provider*, another vendor*, other supplier*, other provider*, other vendor*, different
            supplier*, different provider*, competitor*, competing offer*, look* elsewhere, go elsewhere, going
            elsewhere, buy* elsewhere, take our business, leave you, leaving you, look* alternative*, find*
            alternative*, stop using, stopped using, stop buying, stop working with you, never buy, not buy again,
            never order, not order again, not order anything, part ways
        """,
        Aspect.CLAIMING: """
            refund*, money back, compensat*, reimburs*, lawyer*, attorney*, solicitor*, legal action, legal step*,
            legal department, in court, to court, sue you, lawsuit, breach of contract, penalt*, your manager, your
            boss, your director, escalat*, last warning, final warning, formal complaint, formally complain, ombudsman
        """,
        Aspect.PRAISE: """
            great, excellent*, perfect*, very happy, happy with, happy to, pleased, satisfied, satisfying, love, loved,
            loves, delight*, well done, good job, great job, good work, recommend*, best, impress*, wonderful*,
            fantastic*, amazing*, awesome, works well, works fine, working well, works as, quick answer, fast answer,
            quick reply, quick help, fast help, thanks for quick, thank* quick*, thank* help, appreciat*, nice, nicely,
            good quality, very good, so good, friendly, fast and
        """,
    },
)
