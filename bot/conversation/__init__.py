"""The dialogue: a pure function of the session and a message. No I/O, no third-party library.

A message goes down these floors, and each imports only those below it (a contract that CI checks):

    dialogue              the port: the order of hearing, one reply a message
    deciding              one place decides what a message leads to
    doing                 the draft, the request, the person's data
    saying                words and buttons of a reply
    answering | hearing   a question's typed answer; what a message says
    scene                 one turn in the making
    recollection          the memory as it is stored
    memory                what is remembered besides the draft

The form (`bot.form`) and the reading of typed words (`bot.reading`) are below all of them.
"""
