package walk

// Tune sets what the search for shortest paths goes by when it chooses between
// ways to find the same, and returns what sets it back.
func Tune(asking, little int) (back func()) {
	a, l := askingCost, littleLooked
	askingCost, littleLooked = asking, little
	return func() { askingCost, littleLooked = a, l }
}
