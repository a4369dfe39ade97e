"""One run of a city to look at: recorded quarter by quarter, drawn as frames, read as lives.

``recording`` makes the run and keeps what happened, ``frames`` packs what the picture needs, ``lives`` says
what one agent did, ``reasons`` makes the run again up to a quarter and shows what the model reckoned there.
"""
