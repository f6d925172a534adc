"""Fixtures that the tests of several packages share; needs pytest, which the chassis itself does not depend on."""
