package ask

// realWords are English words that are a letter away from a word of a pattern and
// mean something else: they are not taken for a slip of it.
var realWords = map[string]bool{}
