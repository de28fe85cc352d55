# What a patient was sent: links to pages of their own.

links-title = Messages
links-lead = Links to pages of the patient's own. A message names the clinic and nothing clinical; the link is kept nowhere.
links-send = Send a link
links-send-intake = Questions before the first visit
links-send-care = Home plan and what to expect
links-send-measure = The questions on how it goes
links-channel-email = It goes by e-mail; to a guardian where the patient is a minor.
links-channel-sms = It goes as a text message; to a guardian where the patient is a minor.
links-unreached = No way to write to this patient is known or allowed.
links-contacts = Look at the contacts
links-purpose-check-in = How are you after the visit?
links-purpose-intake = Questions before the first visit
links-purpose-measure = How it goes
links-purpose-before = Before the next visit
links-purpose-care = Home plan and what to expect
links-by-email = e-mail
links-by-sms = text message
links-state-waiting = is sent soon
links-state-sending = perhaps sent
links-state-sent = sent
links-state-answered = answered
links-state-stopped = not sent
links-state-revoked = ended
links-state-ended = ran out
links-end = End this link
links-none = Nothing was sent yet.
