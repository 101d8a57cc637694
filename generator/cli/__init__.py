"""The command line: parse, call, print, exit code. The front door is `cli.app`."""
