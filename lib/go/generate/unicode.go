// Writes src/unicode/tables.rs: categories, scripts and cases of all characters, as Go's package unicode has them.
//
//	go run generate/unicode.go > src/unicode/tables.rs
//
// Needs Go 1.25 or later, which first has CategoryAliases. The tables are those of Unicode 15.0 from Go 1.21 to 1.26.
package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
)

func main() {
	fmt.Println("//! Categories, scripts and cases of characters, per Unicode " + unicode.Version + ".")
	fmt.Println("//!")
	fmt.Println("//! Written by `generate/unicode.go`; do not edit.")
	fmt.Println()
	// Categories of two letters are the parts of those of one; LC is a sum, too.
	short := func(name string) bool { return len(name) != 2 || name == "LC" }
	categories := slices.DeleteFunc(slices.Sorted(maps.Keys(unicode.Categories)), short)
	fmt.Println("#[rustfmt::skip]")
	fmt.Printf("use super::category::Category::{\n    self, %s,\n};\n", strings.Join(categories, ", "))
	category := func(char rune) string {
		for _, name := range categories {
			if unicode.Is(unicode.Categories[name], char) {
				return name
			}
		}
		panic(char)
	}
	table("Where each run of characters of one category starts.", "CATEGORIES: &[(u32, Category)]", runs(category))

	scripts := slices.Sorted(maps.Keys(unicode.Scripts))
	script := func(char rune) string {
		for index, name := range scripts {
			if unicode.Is(unicode.Scripts[name], char) {
				return fmt.Sprint(index)
			}
		}
		return "NONE"
	}
	fmt.Println()
	fmt.Println("/// The script of a character that has none.")
	fmt.Println("pub(super) const NONE: u8 = u8::MAX;")
	table("The names of the scripts, in byte order.", "SCRIPT_NAMES: &[&str]", quoted(scripts))
	table("Where each run of characters of one script starts, by its place in [`SCRIPT_NAMES`].",
		"SCRIPTS: &[(u32, u8)]", runs(script))

	aliases := []string{}
	for _, name := range slices.Sorted(maps.Keys(unicode.CategoryAliases)) {
		aliases = append(aliases, fmt.Sprintf("(%q, %q)", name, unicode.CategoryAliases[name]))
	}
	table("The long names of categories, and the short ones.", "CATEGORY_ALIASES: &[(&str, &str)]", aliases)

	cases := []string{}
	for _, item := range unicode.CaseRanges {
		deltas := []string{}
		for _, delta := range item.Delta {
			text := fmt.Sprint(delta)
			if delta == unicode.UpperLower {
				text = "ALTERNATE"
			}
			deltas = append(deltas, text)
		}
		cases = append(cases, fmt.Sprintf("(%#x, %#x, [%s])", item.Lo, item.Hi, strings.Join(deltas, ", ")))
	}
	fmt.Println()
	fmt.Println("/// In place of a distance: capitals and small letters take turns, a capital first.")
	fmt.Println("pub(super) const ALTERNATE: i32 = i32::MAX;")
	table("First and last character of a range, and the distances to upper, lower and title case.",
		"CASES: &[(u32, u32, [i32; 3])]", cases)
}

// Where the characters begin that have something in common.
func runs(of func(rune) string) []string {
	items, last := []string{}, ""
	for char := rune(0); char <= unicode.MaxRune; char++ {
		if name := of(char); name != last {
			items, last = append(items, fmt.Sprintf("(%#x, %s)", char, name)), name
		}
	}
	return items
}

func quoted(names []string) []string {
	items := []string{}
	for _, name := range names {
		items = append(items, fmt.Sprintf("%q", name))
	}
	return items
}

func table(about, head string, items []string) {
	fmt.Printf("\n/// %s\n#[rustfmt::skip]\npub(super) const %s = &[\n", about, head)
	line := ""
	for _, item := range items {
		if len(line)+len(item) > 116 {
			fmt.Println("   " + line)
			line = ""
		}
		line += " " + item + ","
	}
	fmt.Println("   " + line)
	fmt.Println("];")
}
