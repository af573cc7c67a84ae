//! Go's decoders of base 64 and base 32, for the texts and positions of their errors.

/// `base64.StdEncoding.DecodeString`; newlines are skipped.
pub(crate) fn decode64(text: &[u8]) -> Result<Vec<u8>, String> {
    let error = |at: usize| Err(format!("illegal base64 data at input byte {at}"));
    let is_newline = |b: u8| matches!(b, b'\n' | b'\r');
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let mut input = text
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, b)| !is_newline(*b));
    loop {
        let mut bits = 0_u32;
        for index in 0..4 {
            match input.next() {
                None if index == 0 => return Ok(out),
                None => return error(text.len() - index),
                Some((at, b'=')) if index < 2 => return error(at),
                Some((_, b'=')) => {
                    if index == 2 {
                        match input.next() {
                            None => return error(text.len()),
                            Some((_, b'=')) => {}
                            Some((at, _)) => return error(at - 1),
                        }
                    }
                    if let Some((at, _)) = input.next() {
                        return error(at);
                    }
                    let bytes = (bits << (6 * (4 - index))).to_be_bytes();
                    out.extend_from_slice(&bytes[1..index]);
                    return Ok(out);
                }
                Some((at, byte)) => match digit64(byte) {
                    Some(digit) => bits = bits << 6 | u32::from(digit),
                    None => return error(at),
                },
            }
        }
        out.extend_from_slice(&bits.to_be_bytes()[1..]);
    }
}

fn digit64(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

/// `base32.StdEncoding.DecodeString`; newlines are removed before positions are counted.
pub(crate) fn decode32(text: &[u8]) -> Result<Vec<u8>, String> {
    let error = |at: usize| Err(format!("illegal base32 data at input byte {at}"));
    let text: Vec<u8> = text
        .iter()
        .copied()
        .filter(|b| !matches!(b, b'\n' | b'\r'))
        .collect();
    let mut out = Vec::with_capacity(text.len() / 8 * 5);
    for (quantum, chunk) in text.chunks(8).enumerate() {
        let start = quantum * 8;
        let is_last = start + 8 >= text.len();
        let mut bits = 0_u64;
        for index in 0..8 {
            let Some(byte) = chunk.get(index) else {
                return error(text.len() - index);
            };
            if *byte == b'=' && index >= 2 && is_last {
                let padding = &chunk[index..];
                if chunk.len() < 8 {
                    return error(text.len());
                }
                if let Some(stray) = padding.iter().position(|b| *b != b'=') {
                    return error(start + index + stray - 1);
                }
                if matches!(index, 3 | 6) {
                    return error(start + index);
                }
                let bytes = (bits << (5 * (8 - index))).to_be_bytes();
                out.extend_from_slice(&bytes[3..3 + index * 5 / 8]);
                return Ok(out);
            }
            match digit32(*byte) {
                Some(digit) => bits = bits << 5 | u64::from(digit),
                None => return error(start + index),
            }
        }
        out.extend_from_slice(&bits.to_be_bytes()[3..]);
    }
    Ok(out)
}

fn digit32(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'2'..=b'7' => Some(byte - b'2' + 26),
        _ => None,
    }
}
