"""The model of ipsim once more, in plain Mesa objects and methods, as a yardstick.

Agents are ``mesa.Agent`` with Python attributes, patents and cases are objects in lists,
and loops and decisions are methods. Given a founded city it goes through the same
quarters with the same luck, to the last bit.
"""
