# The demonstration: a made-up clinic that opens with one tap.  Ids begin with demo-.

demo-title = A made-up clinic
demo-lead = Look around as one of its people. Every patient is made up, nobody is meant.
demo-enter = Enter
demo-open = Open the made-up clinic, without a password
demo-none = There is no made-up clinic here. Start the server with “tautband demo”.
demo-note = This page answers on this computer alone. A clinic of your own asks for a password and a second factor.
