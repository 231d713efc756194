//! Turns what arrived through a layout back into what was in the barcode.

use super::Layout;
use super::accents::letter_under;
use super::table::{US_PLAIN, US_SHIFTED};

const SEPARATOR: char = '\u{1d}';
/// Some systems report a dead key, or a control character that the layout does not have, as this character.
const NOTHING: char = '\0';

impl Layout {
    /// What a US layout would have typed, or `None` where a character cannot come from this layout. Control characters and blanks
    /// stay, apart from what the layout makes of GS.
    pub fn decode(&self, typed: &str) -> Option<String> {
        let letters: Vec<char> = typed.chars().collect();
        let mut decoded = String::with_capacity(typed.len());
        let mut rest = letters.as_slice();
        while let Some((letter, after)) = rest.split_first() {
            rest = after;
            if *letter != NOTHING {
                decoded.push_str(&self.one(*letter)?);
                continue;
            }
            if let Some(keys) = after.first().and_then(|next| self.accented(*next)) {
                decoded.push_str(&keys);
                rest = &after[1..];
            } else if let [next, accent, ..] = after
                && self.is_separator(*next)
                && self.dead.contains(*accent)
            {
                decoded.push(self.key(*accent)?);
                decoded.push(SEPARATOR);
                rest = &after[2..];
            } else {
                decoded.push(SEPARATOR);
            }
        }
        Some(decoded)
    }

    fn one(&self, letter: char) -> Option<String> {
        if self.separator == Some(letter) {
            return Some(SEPARATOR.into());
        }
        if let Some(key) = self.key(letter) {
            return Some(key.into());
        }
        let keys = self.accented(letter);
        keys.or_else(|| (letter.is_ascii_control() || letter == ' ').then(|| letter.into()))
    }

    /// Whether a dead key that GS follows is reported after it: first nothing, then this, then the accent.
    fn is_separator(&self, letter: char) -> bool {
        letter == NOTHING || letter == SEPARATOR || self.separator == Some(letter)
    }

    /// What the key that types `letter` here types on a US layout.
    fn key(&self, letter: char) -> Option<char> {
        let find = |keys: &'static str, us: &'static str| {
            let place = keys.chars().position(|key| key == letter)?;
            us.chars().nth(place)
        };
        find(self.plain, US_PLAIN).or_else(|| find(self.shifted, US_SHIFTED))
    }

    /// What a dead key alone, or a dead key and a letter, type on a US layout.
    fn accented(&self, letter: char) -> Option<String> {
        if self.dead.contains(letter) {
            return self.key(letter).map(String::from);
        }
        self.dead.chars().find_map(|accent| {
            let under = letter_under(accent, letter)?;
            Some([self.key(accent)?, self.key(under)?].iter().collect())
        })
    }
}
