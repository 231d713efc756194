"""What is found, claim by claim."""

CLAIMS = {
    "C1": "the state is one that the network's quorum made final",
    "C2": "nothing was altered: entries and values are those of the ledger",
    "C3": "no subject is missing",
    "C4": "no form or item is missing",
    "C5": "the study was registered before the first consent",
    "C6": "the outcomes are those registered, or it is said where they changed",
    "C7": "times lie between what the device knew and the block",
    "C8": "consent came before data",
    "C9": "corrections have reasons and keep what was before",
    "C10": "signatures are valid",
    "C11": "the blind was kept until the lock",
    "C12": "allocation followed the sealed lists and their seeds",
    "C13": "nothing changed after the lock, or it is said what was unlocked",
    "C14": "analysed datasets come from the locked data",
    "C15": "erased subjects are counted",
}
KEPT = 16
NEVER = (
    "that what the source says is true",
    "that there is no other trial which was never registered",
    "that there is no subject who was treated and never enrolled",
    "who the persons behind accounts and slots are",
    "that a time is exact: a block is at most 500 ms ahead of honest clocks, and how far it lags behind is not bounded",
    "that the second key of a signer was the one set at the time: the contract compared it, the bundle does not",
    "that who acted was entitled to it: the contract decided by the roles of that time",
    "what was seen outside of the ledger: an unblinding by word of mouth leaves no entry",
    "that the analysis was the right one, or was run as it is described",
    "what happened after the height of the block",
)


class Judge:
    def __init__(self):
        self.found = {claim: {"failures": [], "failed": 0, "notes": [], "limits": [], "unclaimed": False} for claim in CLAIMS}
        self.is_log_proved = False
        self.limits = []

    def fail(self, claim, code, text, **place):
        found = self.found[claim]
        found["failed"] += 1
        if len(found["failures"]) < KEPT:
            found["failures"].append(_finding(code, text, place))

    def note(self, claim, code, text, **place):
        notes = self.found[claim]["notes"]
        if len(notes) < KEPT:
            notes.append(_finding(code, text, place))

    def limit(self, claim, text):
        limits = self.found[claim]["limits"]
        if text not in limits:
            limits.append(text)

    def unclaimed(self, claim, text):
        self.limit(claim, text)
        self.found[claim]["unclaimed"] = True

    def has_failed(self, claim):
        return self.found[claim]["failed"] > 0

    def nothing_certified(self):
        for claim in list(CLAIMS)[1:]:
            self.unclaimed(claim, "the state of the study is not shown to be final, see C1")

    def report(self, manifest, facts):
        claims = []
        for claim, title in CLAIMS.items():
            found = self.found[claim]
            verdict = "FAIL" if found["failed"] else "NOT CLAIMED" if found["unclaimed"] else "PASS"
            claims.append({"id": claim, "title": title, "verdict": verdict, "failures": found["failures"],
                           "failed": found["failed"], "notes": found["notes"], "notClaimed": found["limits"]})
        return {"chainId": manifest["network"]["chainId"], "audience": manifest["audience"],
                "organisation": manifest["study"]["organisation"], "number": manifest["study"]["number"],
                **facts, "claims": claims, "notClaimed": [*NEVER, *self.limits]}


def _finding(code, text, place):
    return {"code": code, "place": {name: value for name, value in place.items() if value is not None}, "text": text}


def text_of(report):
    lines = [f"STUDY        number {report['number']} of organisation {report['organisation']} on network {report['chainId']}, for: {report['audience']}"]
    for claim in report["claims"]:
        lines.append(f"{claim['verdict']:<12} {claim['id']:<4} {claim['title']}")
        for kind, findings in (("", claim["failures"]), ("note: ", claim["notes"])):
            for finding in findings:
                place = ", ".join(f"{name} {value}" for name, value in finding["place"].items())
                lines.append(f"                  {kind}{place}{': ' if place else ''}{finding['text']} [{finding['code']}]")
        lines.extend(f"                  not claimed: {line}" for line in claim["notClaimed"])
    lines.extend(f"NOT CLAIMED  {line}" for line in report["notClaimed"])
    return "\n".join(lines)
