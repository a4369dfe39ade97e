"""What any agent-based model needs, and nothing of patents.

``records`` declares the state of a kind of agent, ``rules`` compiles what agents
do, ``draws`` is their luck, ``mechanisms`` runs rules over a population, ``networks``
links it, and ``faces`` shows every row as a Mesa agent.
"""
