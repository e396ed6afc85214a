"""The vocabulary: facts, questions, answers and judgements, on the standard library alone."""
