//! The Solidity ABI encoding of bodies: one word a field, dynamic fields behind them in their order, and no other layout.

use super::Malformed;
use alloy_primitives::{Address, B256};

/// Longest body, in bytes.
pub(super) const MAX_BODY: usize = 1 << 16;
const WORD: usize = 32;

/// A field of a body.
pub(crate) trait Field: Sized {
    fn write(&self, out: &mut Writer);
    fn read(from: &mut Reader<'_>) -> Result<Self, Malformed>;
}

/// Collects the words of a body and what stands behind them.
#[derive(Debug)]
pub(crate) struct Writer {
    head: Vec<u8>,
    tail: Vec<u8>,
    head_bytes: usize,
}

impl Writer {
    pub(crate) fn new(fields: usize) -> Self {
        Self {
            head: Vec::new(),
            tail: Vec::new(),
            head_bytes: fields * WORD,
        }
    }

    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.head.append(&mut self.tail);
        self.head
    }

    fn word(&mut self, word: [u8; WORD]) {
        self.head.extend_from_slice(&word);
    }

    /// Points to the end of the tail, where `content` is put.
    fn dynamic(&mut self, content: &[u8]) {
        self.word(number_word((self.head_bytes + self.tail.len()) as u64));
        self.tail.extend_from_slice(content);
    }
}

/// Reads a body written in the one layout.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    next: usize,
    tail: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8], fields: usize) -> Result<Self, Malformed> {
        let tail = fields * WORD;
        if bytes.len() > MAX_BODY || bytes.len() < tail {
            return Err(Malformed::length(
                "body",
                bytes.len(),
                format_args!("{tail} to {MAX_BODY}"),
            ));
        }
        Ok(Self {
            bytes,
            next: 0,
            tail,
        })
    }

    fn at(&self, place: usize) -> Result<[u8; WORD], Malformed> {
        let bytes = self.bytes.get(place..place + WORD);
        let bytes = bytes.ok_or_else(|| Malformed::new("body", "ends too early"))?;
        Ok(bytes.try_into().expect("a word has 32 bytes"))
    }

    fn word(&mut self) -> Result<[u8; WORD], Malformed> {
        let word = self.at(self.next)?;
        self.next += WORD;
        Ok(word)
    }

    fn number(&mut self) -> Result<u64, Malformed> {
        number_of(self.word()?)
    }

    /// Opens the next dynamic field, which must stand where the tail has come to.
    fn enter(&mut self) -> Result<(), Malformed> {
        let offset = self.number()?;
        if offset != self.tail as u64 {
            return Err(Malformed::new(
                "body",
                format!("got offset {offset}, expected {}", self.tail),
            ));
        }
        Ok(())
    }

    fn tail_word(&mut self) -> Result<[u8; WORD], Malformed> {
        let word = self.at(self.tail)?;
        self.tail += WORD;
        Ok(word)
    }

    /// A length that leaves room for so many words of `width` bytes each in the rest.
    fn tail_count(&mut self, width: usize) -> Result<usize, Malformed> {
        let count = number_of(self.tail_word()?)?;
        let room = (self.bytes.len() - self.tail) / width;
        usize::try_from(count)
            .ok()
            .filter(|count| *count <= room)
            .ok_or_else(|| Malformed::new("body", format!("a list of {count} in a shorter body")))
    }

    fn tail_bytes(&mut self) -> Result<Vec<u8>, Malformed> {
        let length = self.tail_count(1)?;
        let padded = length.next_multiple_of(WORD);
        let bytes = self.bytes.get(self.tail..self.tail + padded);
        let bytes = bytes.ok_or_else(|| Malformed::new("body", "ends too early"))?;
        self.tail += padded;
        if bytes[length..].iter().any(|byte| *byte != 0) {
            return Err(Malformed::new("body", "the padding is not zero"));
        }
        Ok(bytes[..length].to_vec())
    }

    pub(crate) fn finish(self) -> Result<(), Malformed> {
        if self.tail == self.bytes.len() {
            return Ok(());
        }
        Err(Malformed::length("body", self.bytes.len(), self.tail))
    }
}

fn number_word(number: u64) -> [u8; WORD] {
    let mut word = [0; WORD];
    word[24..].copy_from_slice(&number.to_be_bytes());
    word
}

fn number_of(word: [u8; WORD]) -> Result<u64, Malformed> {
    if word[..24].iter().any(|byte| *byte != 0) {
        return Err(Malformed::new("body", "a number has more than 8 bytes"));
    }
    Ok(u64::from_be_bytes(word[24..].try_into().expect("8 bytes")))
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Field for $number {
            fn write(&self, out: &mut Writer) {
                out.word(number_word(u64::from(*self)));
            }
            fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
                let number = from.number()?;
                <$number>::try_from(number).map_err(|_| {
                    Malformed::new("body", format!("{number} is too large for its field"))
                })
            }
        }
    )*};
}
numbers!(u8, u16, u32, u64);

impl Field for bool {
    fn write(&self, out: &mut Writer) {
        u8::from(*self).write(out);
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        match from.number()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Malformed::new("body", "a truth value is neither 0 nor 1")),
        }
    }
}

impl Field for B256 {
    fn write(&self, out: &mut Writer) {
        out.word(self.0);
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        from.word().map(Self::new)
    }
}

fn address_of(word: [u8; WORD]) -> Result<Address, Malformed> {
    if word[..12].iter().any(|byte| *byte != 0) {
        return Err(Malformed::new("body", "an account has more than 20 bytes"));
    }
    Ok(Address::from_slice(&word[12..]))
}

impl Field for Address {
    fn write(&self, out: &mut Writer) {
        out.word(self.into_word().0);
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        from.word().and_then(address_of)
    }
}

fn bytes_content(bytes: &[u8]) -> Vec<u8> {
    let mut content = number_word(bytes.len() as u64).to_vec();
    content.extend_from_slice(bytes);
    content.resize(WORD + bytes.len().next_multiple_of(WORD), 0);
    content
}

impl Field for Vec<u8> {
    fn write(&self, out: &mut Writer) {
        out.dynamic(&bytes_content(self));
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        from.enter()?;
        from.tail_bytes()
    }
}

impl Field for Vec<Address> {
    fn write(&self, out: &mut Writer) {
        let mut content = number_word(self.len() as u64).to_vec();
        self.iter()
            .for_each(|account| content.extend_from_slice(account.into_word().as_slice()));
        out.dynamic(&content);
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        from.enter()?;
        let count = from.tail_count(WORD)?;
        (0..count)
            .map(|_| from.tail_word().and_then(address_of))
            .collect()
    }
}

impl Field for Vec<super::Outcome> {
    fn write(&self, out: &mut Writer) {
        let mut content = number_word(self.len() as u64).to_vec();
        for outcome in self {
            content.extend_from_slice(&number_word(u64::from(outcome.level)));
            outcome
                .words
                .iter()
                .for_each(|word| content.extend_from_slice(word.as_slice()));
        }
        out.dynamic(&content);
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        from.enter()?;
        let count = from.tail_count(8 * WORD)?;
        (0..count)
            .map(|_| {
                let level = number_of(from.tail_word()?)?;
                let level = u8::try_from(level)
                    .map_err(|_| Malformed::new("outcome.level", "too large"))?;
                let mut words = [B256::ZERO; 7];
                for word in &mut words {
                    *word = B256::new(from.tail_word()?);
                }
                Ok(super::Outcome { level, words })
            })
            .collect()
    }
}

impl Field for super::Schedule {
    fn write(&self, out: &mut Writer) {
        let mut content = self.root.to_vec();
        content.extend_from_slice(&number_word(2 * WORD as u64));
        content.extend_from_slice(&bytes_content(&self.cells));
        out.dynamic(&content);
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        from.enter()?;
        let root = B256::new(from.tail_word()?);
        if number_of(from.tail_word()?)? != 2 * WORD as u64 {
            return Err(Malformed::new("schedule", "another offset than 64"));
        }
        let cells = from.tail_bytes()?;
        Ok(Self { root, cells })
    }
}
