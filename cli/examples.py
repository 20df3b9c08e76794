"""The example in the help of each command under `append`; every one of them runs."""

EXAMPLES = {
    "negotiation": 'parley append negotiation fisheries --title "Fisheries agreement"',
    "party": 'parley append party eu --name "European Union" --aliases EU',
    "role": "parley append role vn --as party --from 2025-03-13",
    "person": 'parley append person pham-minh-chinh --name "Phạm Minh Chính" --aliases "Pham Minh Chinh" --party vn',
    "appointment": 'parley append appointment jamieson-greer --post "US Trade Representative" --from 2025-02-27',
    "left-post": 'parley append left-post jamieson-greer --on "in January 2026" --note "Told by phone."',
    "issue": 'parley append issue rules-of-origin --title "Rules of origin"',
    "measure": 'parley append measure tariff-rate --title "Tariff rate" --unit percent',
    "source": 'parley append source readout-jun-04 --kind readout --title "Readout of 4 June" --published 2025-06-04',
    "meeting": 'parley append meeting round-3 --kind round --number 3 --held "June 9 to 12, 2025" --note "Desk call."',
    "announcement": (
        'parley append announcement round-6 --kind round --number 6 --expected "early December" --on 2025-11-20'
        ' --by vn --as announced --note "Told by phone."'
    ),
    "called-off": 'parley append called-off round-3 --on 2025-06-03 --reason "not ready" --note "Told by phone."',
    "statement": (
        "parley append statement greer-on-tariffs --by us/jamieson-greer --to vn --act refused --issues tariffs"
        ' --on 2025-06-04 --says "No change to tariffs now." --note "Heard at the press stand."'
    ),
    "follow-up": (
        'parley append follow-up send-text --owners us --due "within 90 days" --on 2025-06-04'
        ' --says "Send a new text." --note "Agreed by phone."'
    ),
    "assertion": (
        "parley append assertion third-round-in-june --question next-round --as-of 2025-05-22 --is round-3"
        ' --expected "early June"'
    ),
    "closed": 'parley append closed feedback-on-draft --outcome done --on 2025-06-02 --by vn --note "Told by phone."',
    "deadline": (
        'parley append deadline answer-on-text --owners vn --due "30 June 2025, 17:00 GMT" --basis agreed'
        ' --on 2025-06-04 --says "Answer on the draft text." --note "Agreed by phone."'
    ),
    "task": (
        'parley append task draft-reply --says "Draft the reply." --for lan --due Friday --waits-on feedback-on-draft'
    ),
    "text": (
        'parley append text fisheries-agreement --version 2 --title "Fisheries agreement" --on 2025-06-04'
        ' --provisions "1.1 The Parties [shall](us) [should](vn) share their data." --note "Read out at the session."'
    ),
}
_ENDS = {  # of what the example before it records
    "ended": ("deadline", 'ended answer-on-text --outcome met --on 2025-06-27 --note "Told by phone."'),
    "wording": (
        "text",
        "wording fisheries-agreement --provision 1.1 --status deleted --on 2025-06-05 --note 'Told by phone.'",
    ),
    "task-done": ("task", "task-done draft-reply --on 2025-06-05"),
}
EXAMPLES |= {kind: f"{EXAMPLES[begins]}\n\nparley append {end}" for kind, (begins, end) in _ENDS.items()}
