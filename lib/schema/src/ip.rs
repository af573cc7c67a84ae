//! IP addresses as Go's `netip.ParseAddr` reads them, with its errors.

use homescale_go::strconv;

/// What is wrong, and where.
type Problem<'a> = (&'static str, &'a [u8]);

/// Reads an address with a colon in it, and gives the zone, which may be empty. The error is Go's text.
pub(super) fn parse(text: &str) -> Result<&str, String> {
    let mut marks = text.bytes().filter(|b| b".:%".contains(b));
    let parsed = match marks.next() {
        Some(b'.') => ipv4(text.as_bytes()).map(|()| ""),
        Some(b':') => ipv6(text),
        _ => Err(("missing IPv6 address", &b""[..])),
    };
    parsed.map_err(|(problem, at)| {
        let at = match at {
            [] => String::new(),
            at => format!(" (at {})", strconv::quote(at)),
        };
        format!("ParseAddr({}): {problem}{at}", strconv::quote(text))
    })
}

fn ipv4(text: &[u8]) -> Result<(), Problem<'_>> {
    let (mut value, mut digits, mut fields) = (0, 0, 0);
    for (index, byte) in text.iter().copied().enumerate() {
        match byte {
            b'0'..=b'9' => {
                if digits == 1 && value == 0 {
                    return Err(("IPv4 field has octet with leading zero", b""));
                }
                value = value * 10 + u32::from(byte - b'0');
                digits += 1;
                if value > 255 {
                    return Err(("IPv4 field has value >255", b""));
                }
            }
            b'.' => {
                if digits == 0 || index == text.len() - 1 {
                    let at = &text[index..];
                    return Err(("IPv4 field must have at least one digit", at));
                }
                if fields == 3 {
                    return Err(("IPv4 address too long", b""));
                }
                fields += 1;
                (value, digits) = (0, 0);
            }
            _ => return Err(("unexpected character", &text[index..])),
        }
    }
    if fields < 3 {
        return Err(("IPv4 address too short", b""));
    }
    Ok(())
}

fn ipv6(text: &str) -> Result<&str, Problem<'_>> {
    let (address, zone) = match text.split_once('%') {
        Some((_, "")) => return Err(("zone must be a non-empty string", b"")),
        Some((address, zone)) => (address, zone),
        None => (text, ""),
    };
    let mut rest = address.as_bytes();
    let mut has_gap = false;
    if let Some(after) = rest.strip_prefix(b"::") {
        has_gap = true;
        rest = after;
        if rest.is_empty() {
            return Ok(zone);
        }
    }
    let mut bytes = 0;
    while bytes < 16 {
        let digits = rest.iter().take_while(|b| b.is_ascii_hexdigit()).count();
        match digits {
            0 => {
                return Err((
                    "each colon-separated field must have at least one digit",
                    rest,
                ));
            }
            1..=4 => {}
            _ => return Err(("each group must have 4 or less digits", rest)),
        }
        if rest.get(digits) == Some(&b'.') {
            if !has_gap && bytes != 12 {
                let problem =
                    "embedded IPv4 address must replace the final 2 fields of the address";
                return Err((problem, rest));
            }
            if bytes + 4 > 16 {
                let problem =
                    "too many hex fields to fit an embedded IPv4 at the end of the address";
                return Err((problem, rest));
            }
            ipv4(rest)?;
            rest = b"";
            bytes += 4;
            break;
        }
        bytes += 2;
        rest = &rest[digits..];
        match rest {
            [] => break,
            [b':'] => return Err(("colon must be followed by more characters", rest)),
            [b':', ..] => rest = &rest[1..],
            _ => return Err(("unexpected character, want colon", rest)),
        }
        if rest[0] == b':' {
            if has_gap {
                return Err(("multiple :: in address", rest));
            }
            has_gap = true;
            rest = &rest[1..];
            if rest.is_empty() {
                break;
            }
        }
    }
    match (rest, bytes < 16) {
        ([_, ..], _) => Err(("trailing garbage after address", rest)),
        (_, true) if !has_gap => Err(("address string too short", b"")),
        (_, false) if has_gap => Err(("the :: must expand to at least one field of zeros", b"")),
        _ => Ok(zone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_go_reads_them() {
        for text in [
            "::",
            "::1",
            "1::",
            "1:2:3:4:5:6:7:8",
            "::ffff:1.2.3.4",
            "1.2.3.4",
        ] {
            assert_eq!(parse(text), Ok(""), "{text}");
        }
        assert_eq!(parse("fe80::1%eth0"), Ok("eth0"));
        let problems = [
            (
                "::x",
                "ParseAddr(\"::x\"): each colon-separated field must have at least one digit (at \"x\")",
            ),
            ("1:2", "ParseAddr(\"1:2\"): address string too short"),
            (
                "12345::",
                "ParseAddr(\"12345::\"): each group must have 4 or less digits (at \"12345::\")",
            ),
            (
                "1::2::3",
                "ParseAddr(\"1::2::3\"): multiple :: in address (at \":3\")",
            ),
            (
                "1:",
                "ParseAddr(\"1:\"): colon must be followed by more characters (at \":\")",
            ),
            (
                "1.2.3.4:5",
                "ParseAddr(\"1.2.3.4:5\"): unexpected character (at \":5\")",
            ),
        ];
        for (text, problem) in problems {
            assert_eq!(parse(text), Err(problem.to_owned()));
        }
    }
}
