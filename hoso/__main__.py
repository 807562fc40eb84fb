"""`python -m hoso` is `hoso`."""

from hoso.cli.app import main

main()
