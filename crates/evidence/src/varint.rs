//! Numbers as the engine encodes them in what is signed and hashed.

/// Appends `number` in groups of seven bits, the lowest first, the top bit of a byte saying that more follow.
pub(crate) fn write(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

#[cfg(test)]
mod tests {
    #[test]
    fn varint_is_that_of_protocol_buffers() {
        for (number, bytes) in [
            (0, vec![0]),
            (127, vec![0x7f]),
            (128, vec![0x80, 1]),
            (300, vec![0xac, 2]),
            (u64::MAX, [vec![0xff; 9], vec![1]].concat()),
        ] {
            let mut out = Vec::new();
            super::write(number, &mut out);
            assert_eq!(out, bytes);
        }
    }
}
