"""Exercise pictures drawn from data: one body, posed by joint angles, with props, arrows and the worked muscle.

The data flows one way:

    pose.py (what an author writes)
      -> solve.py (contacts met, a plain value that can be kept in a file)
      -> drawing.py (PDF operators) and alt_text.py (the same picture in words)

Lengths inside the package are fractions of the person's height (stature = 1); authors write centimeters of a person
170 cm tall. World axes: x ahead, y to the left, z up, the floor is z = 0. Geometry only: no PDF library, no fonts.
This file imports nothing, so that importing a leaf stays cheap.
"""
