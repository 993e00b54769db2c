"""`python -m nqparse` is the command `nqparse`."""

from nqparse.cli import main

main()
