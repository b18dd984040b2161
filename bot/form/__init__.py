"""The request as a list of questions, shared by the dialogue, the desk and the PDF."""
