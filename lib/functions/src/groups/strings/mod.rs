//! Strings: case, trimming, wrapping, quoting, cutting.
//!
//! Most functions count bytes, as Sprig's do: `trunc 2 "héllo"` cuts the `é` in half.

mod abbreviate;
mod case;
mod indent;
mod text;
mod words;

use homescale_template::{Function, Group};
use homescale_value::{Signature, Type};

use crate::row::BLANK;

const TEXT: Signature = Signature::fixed(&[Type::String]);
const TWO_TEXTS: Signature = Signature::fixed(&[Type::String, Type::String]);
const NUMBER_AND_TEXT: Signature = Signature::fixed(&[Type::Int, Type::String]);
const ANYTHING: Signature = Signature::variadic(&[], Type::Any);

pub(crate) const GROUP: Group = Group {
    name: "strings",
    about: "Changes, cuts, wraps, quotes and searches text.",
    functions: &[
        Function {
            name: "abbrev",
            signature: NUMBER_AND_TEXT,
            usage: "abbrev WIDTH TEXT",
            about: "Cuts text to the width, with an ellipsis in place of what is cut.",
            examples: &[(r#"{{ abbrev 5 "hello world" }}"#, "he...")],
            call: abbreviate::abbrev,
            ..BLANK
        },
        Function {
            name: "abbrevboth",
            signature: Signature::fixed(&[Type::Int, Type::Int, Type::String]),
            usage: "abbrevboth OFFSET WIDTH TEXT",
            about: "Cuts text on both sides to the width, starting near the offset.",
            examples: &[(r#"{{ abbrevboth 5 10 "1234 5678 9123" }}"#, "...5678...")],
            call: abbreviate::abbrevboth,
            ..BLANK
        },
        Function {
            name: "camelcase",
            signature: TEXT,
            usage: "camelcase TEXT",
            about: "Joins words at spaces, hyphens and underscores, each with a capital letter.",
            examples: &[(r#"{{ camelcase "http_server-name" }}"#, "HttpServerName")],
            call: words::camelcase,
            ..BLANK
        },
        Function {
            name: "cat",
            signature: ANYTHING,
            usage: "cat VALUE...",
            about: "Prints the values that are not nil with a space between them.",
            examples: &[(r#"{{ cat "a" 1 nil "b" }}"#, "a 1 b")],
            call: text::cat,
            ..BLANK
        },
        Function {
            name: "contains",
            signature: TWO_TEXTS,
            usage: "contains PART TEXT",
            about: "Tells whether the part occurs in the text.",
            examples: &[(r#"{{ contains "ell" "hello" }}"#, "true")],
            call: text::contains,
            ..BLANK
        },
        Function {
            name: "hasPrefix",
            signature: TWO_TEXTS,
            usage: "hasPrefix PREFIX TEXT",
            about: "Tells whether the text starts with the prefix.",
            examples: &[(r#"{{ hasPrefix "he" "hello" }}"#, "true")],
            call: text::has_prefix,
            ..BLANK
        },
        Function {
            name: "hasSuffix",
            signature: TWO_TEXTS,
            usage: "hasSuffix SUFFIX TEXT",
            about: "Tells whether the text ends with the suffix.",
            examples: &[(r#"{{ hasSuffix "lo" "hello" }}"#, "true")],
            call: text::has_suffix,
            ..BLANK
        },
        Function {
            name: "hello",
            usage: "hello",
            about: "Greets.",
            examples: &[("{{ hello }}", "Hello!")],
            call: |_, _| Ok("Hello!".into()),
            ..BLANK
        },
        Function {
            name: "indent",
            signature: NUMBER_AND_TEXT,
            usage: "indent WIDTH TEXT",
            about: "Puts that many spaces before every line, empty ones too.",
            examples: &[(r#"{{ indent 2 "a\nb" }}"#, "  a\n  b")],
            call: indent::indent,
            ..BLANK
        },
        Function {
            name: "initials",
            signature: TEXT,
            usage: "initials TEXT",
            about: "Gives the first byte of each word.",
            examples: &[(r#"{{ initials "First Try" }}"#, "FT")],
            call: text::initials,
            ..BLANK
        },
        Function {
            name: "kebabcase",
            signature: TEXT,
            usage: "kebabcase TEXT",
            about: "Splits words at capitals and digits, and joins them with hyphens in lower case.",
            examples: &[(r#"{{ kebabcase "FirstName" }}"#, "first-name")],
            call: words::kebabcase,
            ..BLANK
        },
        Function {
            name: "lower",
            signature: TEXT,
            usage: "lower TEXT",
            about: "Turns letters into lower case.",
            examples: &[(r#"{{ lower "HELLO" }}"#, "hello")],
            call: case::lower,
            ..BLANK
        },
        Function {
            name: "nindent",
            signature: NUMBER_AND_TEXT,
            usage: "nindent WIDTH TEXT",
            about: "Is `indent` after a new line.",
            examples: &[(r#"{{ nindent 2 "a\nb" }}"#, "\n  a\n  b")],
            call: indent::nindent,
            ..BLANK
        },
        Function {
            name: "nospace",
            signature: TEXT,
            usage: "nospace TEXT",
            about: "Removes all white space.",
            examples: &[(r#"{{ nospace "h e l l o" }}"#, "hello")],
            call: text::nospace,
            ..BLANK
        },
        Function {
            name: "plural",
            signature: Signature::fixed(&[Type::String, Type::String, Type::Int]),
            usage: "plural ONE MANY COUNT",
            about: "Gives the first text if the count is 1, else the second.",
            examples: &[(r#"{{ plural "egg" "eggs" 2 }}"#, "eggs")],
            call: text::plural,
            ..BLANK
        },
        Function {
            name: "quote",
            signature: ANYTHING,
            usage: "quote VALUE...",
            about: "Puts the values that are not nil in double quotes, with Go's escapes.",
            examples: &[(r#"{{ quote "a\"b" 1 nil }}"#, r#""a\"b" "1""#)],
            call: text::quote,
            ..BLANK
        },
        Function {
            name: "repeat",
            signature: NUMBER_AND_TEXT,
            usage: "repeat COUNT TEXT",
            about: "Repeats the text.",
            examples: &[(r#"{{ repeat 3 "ab" }}"#, "ababab")],
            call: text::repeat,
            ..BLANK
        },
        Function {
            name: "replace",
            signature: Signature::fixed(&[Type::String, Type::String, Type::String]),
            usage: "replace OLD NEW TEXT",
            about: "Replaces every occurrence of a part.",
            examples: &[(r#"{{ "a b c" | replace " " "-" }}"#, "a-b-c")],
            call: text::replace,
            ..BLANK
        },
        Function {
            name: "snakecase",
            signature: TEXT,
            usage: "snakecase TEXT",
            about: "Splits words at capitals and digits, and joins them with underscores in lower case.",
            examples: &[(r#"{{ snakecase "HTTPServerName" }}"#, "http_server_name")],
            call: words::snakecase,
            ..BLANK
        },
        Function {
            name: "squote",
            signature: ANYTHING,
            usage: "squote VALUE...",
            about: "Puts the values that are not nil in single quotes, without escapes.",
            examples: &[(r#"{{ squote "a" 1 nil }}"#, "'a' '1'")],
            call: text::squote,
            ..BLANK
        },
        Function {
            name: "substr",
            signature: Signature::fixed(&[Type::Int, Type::Int, Type::String]),
            usage: "substr START END TEXT",
            about: "Gives the bytes from the start up to, and without, the end.",
            examples: &[(r#"{{ substr 1 3 "hello" }}"#, "el")],
            call: text::substr,
            ..BLANK
        },
        Function {
            name: "swapcase",
            signature: TEXT,
            usage: "swapcase TEXT",
            about: "Turns capitals into small letters and small letters into capitals.",
            examples: &[(r#"{{ swapcase "This Is" }}"#, "tHIS iS")],
            call: case::swapcase,
            ..BLANK
        },
        Function {
            name: "title",
            signature: TEXT,
            usage: "title TEXT",
            about: "Makes the first letter of each word a capital.",
            examples: &[(r#"{{ title "hello foo-bar" }}"#, "Hello Foo-Bar")],
            call: case::title,
            ..BLANK
        },
        Function {
            name: "trim",
            signature: TEXT,
            usage: "trim TEXT",
            about: "Removes white space from both ends.",
            examples: &[(r#"{{ trim "  hello " }}"#, "hello")],
            call: text::trim,
            ..BLANK
        },
        Function {
            name: "trimAll",
            aliases: &["trimall"],
            signature: TWO_TEXTS,
            usage: "trimAll CHARACTERS TEXT",
            about: "Removes these characters from both ends.",
            examples: &[(r#"{{ trimAll "$-" "$-5.00-" }}"#, "5.00")],
            call: text::trim_all,
        },
        Function {
            name: "trimPrefix",
            signature: TWO_TEXTS,
            usage: "trimPrefix PREFIX TEXT",
            about: "Removes the prefix from the start of the text, once.",
            examples: &[(r#"{{ trimPrefix "-" "--a" }}"#, "-a")],
            call: text::trim_prefix,
            ..BLANK
        },
        Function {
            name: "trimSuffix",
            signature: TWO_TEXTS,
            usage: "trimSuffix SUFFIX TEXT",
            about: "Removes the suffix from the end of the text, once.",
            examples: &[(r#"{{ "hello-" | trimSuffix "-" }}"#, "hello")],
            call: text::trim_suffix,
            ..BLANK
        },
        Function {
            name: "trunc",
            signature: NUMBER_AND_TEXT,
            usage: "trunc COUNT TEXT",
            about: "Keeps that many bytes from the start, or from the end if the count is negative.",
            examples: &[(r#"{{ trunc 2 "hello" }} {{ trunc -3 "hello" }}"#, "he llo")],
            call: text::trunc,
            ..BLANK
        },
        Function {
            name: "untitle",
            signature: TEXT,
            usage: "untitle TEXT",
            about: "Makes the first letter of each word a small one.",
            examples: &[(r#"{{ untitle "Hello World" }}"#, "hello world")],
            call: case::untitle,
            ..BLANK
        },
        Function {
            name: "upper",
            signature: TEXT,
            usage: "upper TEXT",
            about: "Turns letters into capitals.",
            examples: &[(r#"{{ upper "hello" }}"#, "HELLO")],
            call: case::upper,
            ..BLANK
        },
        Function {
            name: "wrap",
            signature: NUMBER_AND_TEXT,
            usage: "wrap WIDTH TEXT",
            about: "Breaks lines at spaces so that they fit the width where they can.",
            examples: &[(r#"{{ wrap 5 "hello world" }}"#, "hello\nworld")],
            call: indent::wrap,
            ..BLANK
        },
        Function {
            name: "wrapWith",
            signature: Signature::fixed(&[Type::Int, Type::String, Type::String]),
            usage: "wrapWith WIDTH BREAK TEXT",
            about: "Breaks lines with that text at spaces, and inside words that are too long.",
            examples: &[(
                r#"{{ wrapWith 5 "|" "hello worldlong" }}"#,
                "hello|world|long",
            )],
            call: indent::wrap_with,
            ..BLANK
        },
    ],
};
