"""What a handout becomes: a PDF, a text, one picture; and what to say of what cannot be printed."""
