package quality

// Few sets how many records are few, and returns what sets it back.
func Few(n int) (back func()) {
	was := few
	few = n
	return func() { few = was }
}
