// No column holds a `char`.

use store_core::{BoxError, Codec};

struct Letter;

impl Codec<String> for Letter {
    type Columns = char;

    fn encode(text: &String) -> Result<char, BoxError> {
        text.chars().next().ok_or_else(|| "it is empty".into())
    }

    fn decode(letter: char) -> Result<String, BoxError> {
        Ok(letter.to_string())
    }
}

fn main() {}
