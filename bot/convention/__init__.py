"""From a demande towards the convention: the prefilled link, the draft, the PDF, the calendar."""
