"""Learning reward for unemployed youth: YTH-01 to YTH-03."""
from .attend import attendance
from .dates import age
from .registration import registration
from .rulebook import (BARRING_SCHEMES, IGNORED_MARK, AFFIDAVIT_MARKS, REWARD_ABSENCE_PERCENT,
                       REWARD_FROM, REWARD_HALF_MONTH, REWARD_HOURS, REWARD_TO)
from .tuition import ALIVE_BEFORE_START, NEVER_STARTED

KIND = "learningReward"
ORDER = ["YTH-01", "YTH-02", "YTH-03", "TIP-14"]
OTHER_AID = {"employmentInsuranceTrainingAllowance", "otherTrainingAllowance"}


def unemployed_on(person, start):
    """YTH-01: True or False, None while the start day is not verified."""
    if any(b <= start and (e is None or start <= e) for _, b, e in person.work):
        return False
    verified = person.verification(start)
    if verified is None:
        return None
    return not any(s["scheme"] in BARRING_SCHEMES
                   and s["mark"] not in AFFIDAVIT_MARKS | {IGNORED_MARK}
                   and s["from"] <= start and (s["to"] is None or start <= s["to"])
                   for s in verified["spells"])


def reward_months(first, last, minutes):
    """YTH-02: 30-day months and the remainder as [from, to, half-months, is full]."""
    length, blocks = last - first + 1, []
    if length < 30:
        return blocks
    for begin in range(first, last + 1, 30):
        end = min(begin + 29, last)
        trained = sum(m for d, m in minutes.items() if begin <= d <= end)
        if end - begin == 29:
            halves = 2
        else:
            halves = 0 if not trained else 1 if trained < REWARD_HOURS * 60 else 2
        if halves:
            blocks.append([begin, end, halves, end - begin == 29])
    return blocks


def same_cause(person, class_, answer):
    """YTH-03: the same kind of aid drawn for the same cause."""
    found = False
    for payout in person.payouts.values():
        if payout.kind == "livingAllowance" and payout.net > 0:
            found |= payout.class_ == class_.id
    for one in person.benefits:
        if one["kind"] not in OTHER_AID:
            continue
        end = one["to"] if one["to"] is not None else one["from"] + 15 * one["halfMonths"] - 1
        if one["to"] is None:
            answer.read("R73")
        found |= one["from"] <= class_.endsOn and class_.startsOn <= end
    return found


def decide_reward(person, classes, class_, enrolment, answer):
    """Fills an answer of kind `learningReward`."""
    if class_.programme != "preEmployment" or enrolment.state in NEVER_STARTED:
        if class_.programme == "preEmployment":
            answer.read("R04")
        return answer.not_applicable()
    start, failed, missing = class_.startsOn, [], []
    before = set(answer.readings)
    if not REWARD_FROM <= start <= REWARD_TO or not 15 <= age(person.birth, start) < 30 \
            or person.nationality != "national":
        failed.append("YTH-01")
    first = enrolment.joined if enrolment.joined is not None else start
    last = class_.endsOn if class_.cancelled is None else min(class_.endsOn, class_.cancelled - 1)
    blocks = reward_months(first, last, class_.minutes_by_day())
    if not blocks:
        failed.append("YTH-02")
    if enrolment.state in ("withdrawn", "expelled") or enrolment.evaded:
        failed.append("YTH-03")
    _absence(class_, enrolment, failed, missing)
    _revoked(person, class_, failed, answer)
    sure = bool(failed) and "R75" not in answer.readings
    _work(person, classes, class_, enrolment, failed, missing, answer)
    if same_cause(person, class_, answer):
        failed.append("YTH-03")
    if enrolment.state in ALIVE_BEFORE_START:
        answer.read("R04")
        missing.append("enrolment.started")
    elif enrolment.state == "started" and class_.cancelled is None:
        missing.append("completion")
        answer.read("R72")
    if not any(a["kind"] == KIND for a in enrolment.applied):
        missing.append("allowance.applied")
    if failed:
        if sure:                # no reading can change it
            answer.readings = before
        return answer.refuse(min(failed, key=ORDER.index), failed)
    if missing:
        return answer.wait(missing, sum(b[2] for b in blocks) * REWARD_HALF_MONTH)
    answer.outcome = "granted"
    answer.instalment(blocks, lambda _: 2 * REWARD_HALF_MONTH)
    return answer


def _work(person, classes, class_, enrolment, failed, missing, answer):
    """YTH-01: unemployed on the start day."""
    free = unemployed_on(person, class_.startsOn)
    if free is False:
        failed.append("YTH-01")
    elif free is None:
        missing.append("insuranceVerification")
        answer.read("R71")
    if enrolment.applications:
        bars, open_ = registration(person, classes, class_, enrolment, answer)
        if ("PRE-02" in bars) is not (free is False) or bool(open_) is not (free is None):
            answer.read("R70")


def _absence(class_, enrolment, failed, missing):
    """YTH-03: absent for 10 % of the hours or more, whatever the cause."""
    if enrolment.joined is None:
        return
    found = attendance(class_, enrolment)
    limit = found.scheduled * REWARD_ABSENCE_PERCENT
    if found.scheduled and found.absent * 100 >= limit:
        failed.append("YTH-03")
    elif found.scheduled and (found.absent + found.unrecorded) * 100 >= limit:
        missing.append("attendance")


def _revoked(person, class_, failed, answer):
    """YTH-03, TIP-14: a false claim ends the reward for good; ineligible for its class."""
    for payout in person.payouts.values():
        reasons = {reason for reason, _ in payout.reasons}
        if payout.kind != KIND:
            continue
        if payout.class_ == class_.id and reasons & {"falseClaim", "ineligible"}:
            failed.append("TIP-14")
        elif "falseClaim" in reasons:
            failed.append("YTH-03")
            answer.read("R75")
