//! UUIDs in the one text that they have for the contract: lower case, with four hyphens.

/// The places of the hyphens.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

/// The bytes of a UUID; nothing for any other text, or another text of one.
pub(crate) fn bytes(text: &str) -> Option<[u8; 16]> {
    let letters = text.as_bytes();
    if letters.len() != 36 || HYPHENS.iter().any(|&at| letters[at] != b'-') {
        return None;
    }
    let mut digits =
        letters.iter().enumerate().filter(|(at, _)| !HYPHENS.contains(at)).map(|(_, letter)| *letter);
    let mut bytes = [0; 16];
    for byte in &mut bytes {
        *byte = digit(digits.next()?)? << 4 | digit(digits.next()?)?;
    }
    Some(bytes)
}

fn digit(letter: u8) -> Option<u8> {
    match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        _ => None,
    }
}

/// The text of a UUID.
pub(crate) fn text(bytes: [u8; 16]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_text_are_one() {
        let id = "00112233-4455-6677-8899-aabbccddeeff";
        let raw =
            [0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff];
        assert_eq!(bytes(id), Some(raw));
        assert_eq!(text(raw), id);
    }

    #[test]
    fn there_is_one_text_for_each() {
        for odd in [
            "",
            "00112233-4455-6677-8899-AABBCCDDEEFF",
            "00112233445566778899aabbccddeeff",
            "{00112233-4455-6677-8899-aabbccddeeff}",
            "00112233-4455-6677-8899-aabbccddeefg",
            "00112233-4455-6677-8899-aabbccddeef",
            "0011223-34455-6677-8899-aabbccddeeff",
            "00112233-4455-6677-8899-aabbccddeeff ",
            "+0112233-4455-6677-8899-aabbccddeeff",
            "0011223é-4455-6677-8899-aabbccddeef",
        ] {
            assert_eq!(bytes(odd), None, "{odd}");
        }
    }
}
