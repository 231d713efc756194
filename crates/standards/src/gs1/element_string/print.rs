//! Writes elements, in the order in which they stand.

use super::{ElementString, FNC1};

impl ElementString<'_> {
    /// The raw form without a symbology identifier: [`FNC1`] after each element of no predefined length, the last apart.
    pub fn to_raw(&self) -> String {
        let mut raw = String::with_capacity(self.capacity());
        let mut separate = false;
        for element in &self.elements {
            if separate {
                raw.push(FNC1);
            }
            raw.push_str(element.ai.as_str());
            raw.push_str(&element.value);
            separate = !element.entry.predefined;
        }
        raw
    }

    /// The form with identifiers in brackets; an opening bracket in data is written `\(`.
    pub fn to_bracketed(&self) -> String {
        let mut text = String::with_capacity(self.capacity());
        for element in &self.elements {
            text.push('(');
            text.push_str(element.ai.as_str());
            text.push(')');
            for letter in element.value.chars() {
                if letter == '(' {
                    text.push('\\');
                }
                text.push(letter);
            }
        }
        text
    }

    fn capacity(&self) -> usize {
        let lengths = self.elements.iter().map(|element| element.value.len() + 6);
        lengths.sum()
    }
}
