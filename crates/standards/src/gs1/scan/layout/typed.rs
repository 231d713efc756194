//! What arrives where a scanner types through a layout: the other way of decoding, to try that out.

use super::Layout;
use super::table::{US_PLAIN, US_SHIFTED};

const SEPARATOR: char = '\u{1d}';
const NO_KEY: char = '\u{fffd}';

impl Layout {
    /// What arrives for a barcode's data, or `None` where a key types nothing. Accents are not joined with the letters after them.
    pub fn typed(&self, data: &str) -> Option<String> {
        data.chars().map(|letter| self.key_typed(letter)).collect()
    }

    fn key_typed(&self, letter: char) -> Option<char> {
        if letter == SEPARATOR {
            return Some(self.separator.unwrap_or(SEPARATOR));
        }
        let find = |us: &'static str, keys: &'static str| {
            let place = us.chars().position(|key| key == letter)?;
            keys.chars().nth(place)
        };
        let key = find(US_PLAIN, self.plain).or_else(|| find(US_SHIFTED, self.shifted));
        key.filter(|key| *key != NO_KEY)
    }
}

#[cfg(test)]
mod tests {
    use super::super::LAYOUTS;

    #[test]
    fn what_was_typed_is_decoded_to_what_it_was() {
        let data = "]d2010401234512345617281200\u{1d}10AB7z\u{1d}21XYZxyz0189";
        let mut typed = 0;
        for layout in &LAYOUTS {
            let Some(text) = layout.typed(data) else {
                continue;
            };
            typed += 1;
            assert_eq!(
                layout.decode(&text).as_deref(),
                Some(data),
                "{}",
                layout.name
            );
        }
        assert!(typed > 20, "{typed}");
    }
}
