//! Texts and numbers, the parts of JSON that need more than one byte of thought.

use super::{JsonError, JsonErrorKind as Kind, scan::Scanner};
use crate::epcis::{
    excerpt::Excerpt,
    number::{MAX_NUMBER_BYTES, Number},
};
use std::io::Read;

impl<R: Read> Scanner<R> {
    pub(super) fn number(&mut self) -> Result<Number, JsonError> {
        let mut text = String::new();
        loop {
            if self.position == self.length && !self.fill()? {
                break;
            }
            match self.buffer[self.position] {
                byte @ (b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')
                    if text.len() <= MAX_NUMBER_BYTES =>
                {
                    text.push(char::from(byte));
                    self.position += 1;
                    self.spend(1)?;
                }
                _ => break,
            }
        }
        Number::parse(&text)
            .filter(|_| is_json_number(&text))
            .ok_or_else(|| self.error(Kind::Number(Excerpt::new(&text))))
    }

    /// The rest of a text whose opening quote was consumed.
    pub(super) fn string(&mut self) -> Result<String, JsonError> {
        let mut bytes = Vec::new();
        loop {
            if self.position == self.length && !self.fill()? {
                return Err(self.error(Kind::End {
                    expected: "the end of a text",
                }));
            }
            let chunk = &self.buffer[self.position..self.length];
            let plain = chunk
                .iter()
                .position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))
                .unwrap_or(chunk.len());
            bytes.extend_from_slice(&chunk[..plain]);
            let special = chunk.get(plain).copied();
            self.position += plain;
            self.spend(plain)?;
            match special {
                None => {}
                Some(b'"') => {
                    self.position += 1;
                    self.spend(1)?;
                    return String::from_utf8(bytes).map_err(|_| self.error(Kind::NotUtf8));
                }
                Some(b'\\') => self.escape(&mut bytes)?,
                Some(control) => return Err(self.error(Kind::ControlCharacter(control))),
            }
        }
    }

    fn escape(&mut self, bytes: &mut Vec<u8>) -> Result<(), JsonError> {
        self.position += 1;
        let letter = match self.raw_byte("an escape")? {
            plain @ (b'"' | b'\\' | b'/') => plain,
            b'b' => 0x08,
            b'f' => 0x0c,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                let letter = self.unicode_escape()?;
                bytes.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
                return Ok(());
            }
            _ => return Err(self.error(Kind::Escape)),
        };
        bytes.push(letter);
        Ok(())
    }

    fn unicode_escape(&mut self) -> Result<char, JsonError> {
        let first = self.four_digits()?;
        let code = match first {
            0xd800..=0xdbff => {
                if self.raw_byte("half a pair")? != b'\\' || self.raw_byte("half a pair")? != b'u' {
                    return Err(self.error(Kind::Escape));
                }
                let second = self.four_digits()?;
                if !(0xdc00..=0xdfff).contains(&second) {
                    return Err(self.error(Kind::Escape));
                }
                0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)
            }
            code => code,
        };
        char::from_u32(code).ok_or_else(|| self.error(Kind::Escape))
    }

    fn four_digits(&mut self) -> Result<u32, JsonError> {
        let mut code = 0;
        for _ in 0..4 {
            let byte = self.raw_byte("four hexadecimal digits")?;
            let digit = char::from(byte).to_digit(16);
            code = code * 16 + digit.ok_or_else(|| self.error(Kind::Escape))?;
        }
        Ok(code)
    }
}

fn is_json_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let mantissa = digits.split(['e', 'E']).next().unwrap_or("");
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let whole_stands = whole == "0" || (!whole.is_empty() && !whole.starts_with('0'));
    whole_stands && !digits.starts_with('+') && fraction.is_none_or(|fraction| !fraction.is_empty())
}
