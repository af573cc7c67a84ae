//! Go's text/template: lex, parse, evaluate.
