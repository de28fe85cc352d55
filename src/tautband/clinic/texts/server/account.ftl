# Signing in, accounts and the lock of a screen.  A text per line; ids begin with account-.

account-nav-clinic = Clinic
account-sign-in = Sign in
account-sign-in-passkey = Sign in with a passkey
account-by-invitation = Accounts are made by invitation: ask the owner of your clinic for one.
account-email = E-mail address
account-password = Password
account-forgotten = I forgot my password
account-sign-out = Sign out
account-sign-out-ask = Sign out of this browser?
account-go-on = Go on
account-cancel = Cancel
account-save = Save
account-show = Show
account-manage = Manage
account-remove = Remove
account-rename = Rename

account-closed = This account is closed
account-closed-why = It cannot be signed in to. The owner of your clinic can say why.

account-locked-out = Too many attempts
account-locked-out-wait = { $minutes ->
    [one] Signing in with a password is shut for a while. Try again in { $minutes } minute.
   *[other] Signing in with a password is shut for a while. Try again in { $minutes } minutes.
  }
account-locked-out-passkey = A passkey still works.
account-locked-out-soon = Too many attempts. Wait a quarter of an hour, or use a passkey.

account-reset = Reset your password
account-reset-lead = We send you a link that is good for one hour.
account-reset-send = Send the link
account-reset-sent = If there is an account for that address, a link is on its way to it. It is good for one hour.
account-reset-stale = This link was used already, or is more than an hour old.
account-password-now = Password now
account-password-new = New password
account-password-again = New password again
account-password-rule = At least 12 characters. A few words in a row are easy to keep in mind.
account-password-set = Set the password
account-password-change = Change your password
account-password-changed = Password changed
account-password-changed-lead = Sign in with the new one.

account-again = Is it still you?
account-again-why = What you are about to do changes how the account is protected.
account-way-password = Use my password
account-way-code = Use a code
account-way-passkey = Use a passkey

account-second = Second factor
account-second-needed = One more step before you can begin
account-second-why = Patients' data are behind this account. A password alone does not guard them: add a passkey, or an authenticator app.
account-code = Code
account-code-hint = Six digits of your authenticator app, or one of your recovery codes.
account-mine = My account
account-to-clinic = Go to the clinic

account-passkeys = Passkeys
account-passkeys-what = Fingerprint, face or PIN of this device, or a security key. Quickest at the couch, and nobody can talk you out of one.
account-passkeys-count = { $count ->
    [one] { $count } passkey
   *[other] { $count } passkeys
  }
account-passkeys-none = There is no passkey yet.
account-passkey-add = Add a passkey
account-passkey-name = Passkey { $number }
account-passkey-named = Name
account-passkey-named-hint = So that you know it again, such as "Tablet in room 2".
account-passkey-since = Added on { $day }.
account-passkey-used = Last used on { $day }.
account-passkey-remove = Remove a passkey
account-passkey-remove-ask = It will not open this account any more:
account-passkey-impossible = This browser cannot make a passkey at this address. It needs https, or the name localhost.
account-app = Authenticator app
account-app-what = An app on your phone shows a new code every half minute.
account-app-add = Add an authenticator app
account-app-step-scan = Scan the picture with the app.
account-app-step-type = Type the six digits that the app shows.
account-app-picture = The account's key as a picture for the app
account-app-secret = No camera? Type this key:
account-app-use = Use this app
account-app-remove = Remove the authenticator app
account-app-remove-ask = Its codes will not open this account any more. If it is the only second factor, you will be asked to set up another one.
account-codes = Recovery codes
account-codes-what = For the day on which phone and key are lost. Each is good once.
account-codes-keep = Print these or write them down, and keep them where nobody else finds them. Each is good once, in place of a second factor.
account-codes-left = { $left } of { $total } are left.
account-codes-kept = I have kept them
account-codes-download = Download
account-codes-renew = New codes
account-codes-renew-ask = The codes that you have now will not be good any more.
account-codes-make = Make codes

account-lock = Lock the screen
account-locked = Locked
account-locked-why = Nobody touched this screen for a while.
account-locked-made-up = The made-up clinic opens with any password.
account-locked-kept = Whatever you typed is still here.
account-unlock = Unlock
account-ended = Your session has ended. Sign in again in a new tab, then come back here: whatever you typed is still on this page.
account-sign-in-elsewhere = Sign in in a new tab
account-stale-form-title = This page was open for too long
account-stale-form = Nothing was stored. Go back, copy what you typed if you need it, load the page anew and send it again.
account-offline = The server does not answer. Whatever you typed is still here; try again.

account-done-password-changed = Your password was changed.
account-done-password-reset = Your password was changed.
account-done-totp-activated = The authenticator app was added.
account-done-totp-deactivated = The authenticator app was removed.
account-done-webauthn-added = The passkey was added.
account-done-webauthn-removed = The passkey was removed.

account-error-invalid = This cannot be used.
account-error-required = This is missing.
account-error-max-length = This is too long.
account-error-email-password-mismatch = Address and password do not go together.
account-error-incorrect-password = That is not your password.
account-error-enter-current-password = That is not your password.
account-error-incorrect-code = That code is not right, or not any more.
account-error-incorrect-passkey = The passkey was not accepted. Try again, or use another way.
account-error-too-many-login-attempts = Too many attempts. Try again in five minutes.
account-error-rate-limited = Too many attempts. Try again in five minutes.
account-error-password-mismatch = The two passwords differ.
account-error-password-too-short = Too short: at least 12 characters.
account-error-password-too-common = Many people use this one, so it is the first to be tried.
account-error-password-own-words = Made of words that anybody here would try first. Put other words in it.
account-error-password-too-similar = Too close to your name or address.
account-error-invalid-password-reset = This link was used already, or is too old.
account-error-cannot-generate-recovery-codes = Add a passkey or an app first.
account-error-cannot-delete-authenticator = This cannot be removed.
account-error-min-value = Too small.
account-error-max-value = Too large.
account-error-invalid-choice = This is not one of the choices.
account-error-jurisdiction = Two letters of the country, with its part where law differs: US-CO, GB, ES.
account-error-time-zone = This time zone is not known. Try one such as Europe/Madrid.
account-error-policy = This policy cannot be applied.

account-mail-password-reset-key-subject = Your password for Tautband
account-mail-password-reset-key = Somebody asked for a new password for this address. If it was you, follow this link within an hour:

    { $address }

    If it was not you, leave it: nothing has changed.
account-mail-password-changed-subject = Your password was changed
account-mail-password-changed = The password of your Tautband account was changed. If it was not you, tell the owner of your clinic at once.
account-mail-password-reset-subject = Your password was changed
account-mail-password-reset = The password of your Tautband account was set anew. If it was not you, tell the owner of your clinic at once.
account-mail-totp-activated-subject = An authenticator app was added
account-mail-totp-activated = An authenticator app was added to your Tautband account. If it was not you, tell the owner of your clinic at once.
account-mail-totp-deactivated-subject = An authenticator app was removed
account-mail-totp-deactivated = The authenticator app of your Tautband account was removed. If it was not you, tell the owner of your clinic at once.
account-mail-webauthn-added-subject = A passkey was added
account-mail-webauthn-added = A passkey was added to your Tautband account. If it was not you, tell the owner of your clinic at once.
account-mail-webauthn-removed-subject = A passkey was removed
account-mail-webauthn-removed = A passkey of your Tautband account was removed. If it was not you, tell the owner of your clinic at once.
account-mail-recovery-codes-generated-subject = New recovery codes
account-mail-recovery-codes-generated = New recovery codes were made for your Tautband account. If it was not you, tell the owner of your clinic at once.
