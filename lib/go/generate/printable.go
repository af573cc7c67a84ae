// Writes src/strconv/printable.rs: the characters that Go's unicode.IsPrint accepts, as ranges.
//
//	go run generate/printable.go > src/strconv/printable.rs
package main

import (
	"fmt"
	"unicode"
)

func main() {
	fmt.Println("//! The characters that Go prints as they are, per Unicode " + unicode.Version + ".")
	fmt.Println("//!")
	fmt.Println("//! Written by `generate/printable.go`; do not edit.")
	fmt.Println()
	fmt.Println("/// First and last character of each range for which Go's `unicode.IsPrint` holds, in ascending order.")
	fmt.Println("#[rustfmt::skip]")
	fmt.Println("pub(super) const RANGES: &[(u32, u32)] = &[")
	line := ""
	for first := rune(0); first <= unicode.MaxRune; first++ {
		if !unicode.IsPrint(first) {
			continue
		}
		last := first
		for last < unicode.MaxRune && unicode.IsPrint(last+1) {
			last++
		}
		item := fmt.Sprintf(" (%#x, %#x),", first, last)
		if len(line)+len(item) > 116 {
			fmt.Println("   " + line)
			line = ""
		}
		line += item
		first = last
	}
	fmt.Println("   " + line)
	fmt.Println("];")
}
