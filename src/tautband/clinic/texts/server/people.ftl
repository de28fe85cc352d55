# A clinic and its people.  A text per line; ids begin with people-.

people-clinics = Your clinics
people-clinics-none = You do not belong to a clinic. The owner of one can invite you.
people-home = Home
people-home-lead = You are here as:
people-home-patient = Your clinic shows you what it shares with you by a link of its own.
people-tabs = Clinic
people-made-up = Made-up clinic: no real patients
people-role-owner = owner
people-role-clinician = clinician
people-role-student = student
people-role-reception = reception
people-role-patient = patient

people-settings = Settings
people-settings-lead = What holds for the whole clinic.
people-settings-saved = The settings were saved.
people-name = Name
people-clinic-name = Name of the clinic
people-jurisdiction = Where it stands
people-jurisdiction-hint = The code of the practitioner rules: US-CO, GB, ES. Where no rule was read, whether somebody may needle is "not established".
people-time-zone = Time zone
people-opening-hours = Opening hours
people-opening-hours-hint = Such as Mon-Fri 08:00-12:00, 13:00-18:00; Sat 09:00-12:00. Patients who answer outside them read that nobody is there.
people-told = Who gets an e-mail when a patient's answer waits
people-told-hint = Whoever needled gets one as well. It names no patient; the list stays until somebody has dealt with it.
people-idle = Minutes until the screen locks
people-idle-hint = After this long without a touch, 1 to 60. Nothing that was typed is lost.
people-policy = Screening policy
people-policy-hint = Leave this empty for the strictest of the guidelines. Whatever is made milder needs a reason, a name and a date.
people-save = Save

people-people = People
people-people-lead = Who works here, and whether the rules let them needle.
people-people-role = Role
people-people-needling = Needling
people-may = may needle, under conditions
people-may-not = documents only
people-needles-never = does not needle
people-credentials = Credentials
people-end = End
people-end-what = End the role of { $name } as { $role }
people-membership-ended = The role was ended.
people-last-owner = A clinic keeps at least one owner. Invite another one first.
people-invite = Invite somebody
people-invite-lead = They get a link by e-mail. It is good once, for seven days.
people-invite-send = Send the invitation
people-invite-link = The invitation is on its way. Its link, should the e-mail not arrive:
people-open-invitations = Open invitations
people-invitation-until = until { $day }
people-invitation-withdraw = Withdraw
people-invitation-withdraw-what = Withdraw the invitation of { $email }
people-invitation-withdrawn = The invitation was withdrawn.

people-invitation = You are invited
people-invitation-lead = { $clinic } invites you. You would be there as:
people-invitation-name-hint = As colleagues and patients know you.
people-invitation-join = Make the account and join
people-invitation-accept = Join
people-invitation-sign-in = You have an account for this address. Sign in, and this page lets you join.
people-invitation-other = You are signed in with another address. Sign out, and follow the link again.
people-invitation-stale = This invitation is not open
people-invitation-stale-why = It was used or withdrawn, or is more than seven days old. The clinic's owner can send another one.

people-credential-saved = The credentials were saved.
people-credential-lead = As entered by the owner. The rules of profession and place are asked anew each day.
people-profession = Profession
people-profession-hint = As the law calls it: physical therapist, chiropractor.
people-licence = Licence number
people-licence-place = Licensed in
people-licence-ends = The licence ends on
people-hours = Hours of training in dry needling
people-hours-hint = Leave this empty when they are not known.
people-areas = Trained for
people-areas-hint = None ticked means: not known.
people-supervisor = Supervisor
people-supervisor-hint = Students needle under a clinician, who signs.
people-supervisor-none = nobody
people-card = Card
people-card-title = Your card
people-card-lead = This is what a patient reads of you before they consent.
people-card-hint = Training and experience in plain words, 600 letters at most.
people-card-saved = The card was saved.
people-said = What the rules say
people-said-confirm = For a person to confirm
people-said-law = This is not legal advice. Ask the regulator.
people-back = All people

people-mail-invitation-subject = You are invited to a clinic on Tautband
people-mail-invitation = { $clinic } invites you to Tautband. Follow this link within seven days:

    { $address }

    If you did not expect this, leave it.

people-audit = Audit
people-audit-lead = Who read or changed what. Nobody can change what stands here.
people-audit-person = Person
people-audit-anybody = anybody
people-audit-patient = Patient's id
people-audit-deed = What was done
people-audit-anything = anything
people-audit-since = From
people-audit-until = Until
people-audit-filter = Show
people-audit-when = When ({ $zone })
people-audit-what = What
people-audit-number = Number
people-audit-system = nobody, or the system
people-audit-older = Older entries
people-audit-none = No entry is like that.
people-audit-check = Check the whole trail
people-audit-unchecked = It was not checked from here yet.
people-audit-waiting = A check is under way. Load this page again in a moment.
people-audit-failed = The last check did not end. Ask whoever runs the server to look at `tautband audit verify`.
people-audit-whole = { $entries ->
    [one] Whole: { $entries } entry checked on { $at } UTC, and none was edited, removed, added or moved.
   *[other] Whole: { $entries } entries checked on { $at } UTC, and none was edited, removed, added or moved.
  }
people-audit-broken = Not whole, as of { $at } UTC. Keep the data folder and the last backups as they are, and ask for help.
people-audit-more = And { $more } more.
people-deed-read = read
people-deed-write = changed
people-deed-sign = signed
people-deed-print = printed
people-deed-export = exported
people-deed-import = imported
people-deed-erase = erased
people-deed-login = signed in
people-deed-login-failed = sign-in failed
people-deed-logout = signed out
people-deed-lock = locked the screen
people-deed-unlock = unlocked the screen
people-deed-key-rotation = keys changed
people-deed-backup = backed up
people-deed-restore = restored
