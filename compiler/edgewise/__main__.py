"""`python -m edgewise` is `edgewise`."""

from edgewise.cli import main

main()
