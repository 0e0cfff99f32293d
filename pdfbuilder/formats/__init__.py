"""What a handout becomes: a PDF, a text, a calendar, one picture; what was filled in; what cannot be printed."""
