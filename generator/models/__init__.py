"""What the content means: one frozen model for each kind of file, and the values between the stages."""
