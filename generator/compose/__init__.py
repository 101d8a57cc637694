"""Plan and library → document of blocks. The front door is `compose.document`."""
