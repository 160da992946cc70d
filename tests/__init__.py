"""The tests, and the one password of every person in them."""

PASSWORD = "a-marked-trail-7"
