module lotigraph

go 1.26.0
