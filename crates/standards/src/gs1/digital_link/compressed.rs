//! Reads addresses whose last part is compressed (GS1 Digital Link standard: compression).
//!
//! The part is base64 for web addresses over a row of bits. Each element is its identifier, four bits a digit, and its data: digits as a
//! binary number, text by the narrowest of five alphabets. A letter among the first two hexadecimal digits stands for a set of
//! identifiers that often come together.
//!
//! Writing is left out: an address is for people and printers, and the ledger knows the canonical one alone.

use super::path::{self, Syntax};
use super::{DigitalLink, DigitalLinkError, parse, query};
use crate::gs1::dictionary::{Ai, CharacterSet, Entry, entry};
use crate::gs1::element_string::{Element, ElementString, MAX_ELEMENTS};

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// The most digits that are read as one number.
const MOST_DIGITS: usize = 38;

/// Sets of identifiers and the two hexadecimal digits that stand for each; the second digit of a range counts up in the last identifier.
const SETS: [(u8, &[&str]); 21] = [
    (0x0a, &["01", "22"]),
    (0x0b, &["01", "10"]),
    (0x0c, &["01", "21"]),
    (0x0d, &["01", "17"]),
    (0x0e, &["01", "7003"]),
    (0x0f, &["01", "30"]),
    (0x1a, &["01", "10", "21", "17"]),
    (0x1b, &["01", "15"]),
    (0x1c, &["01", "11"]),
    (0x1d, &["01", "16"]),
    (0x1e, &["01", "91"]),
    (0x1f, &["01", "10", "15"]),
    (0x2a, &["01", "310"]),
    (0x3a, &["01", "320"]),
    (0x9a, &["8010", "8011"]),
    (0x9b, &["8017", "8019"]),
    (0x9c, &["8018", "8019"]),
    (0x9d, &["414", "254"]),
    (0xa0, &["01", "392"]),
    (0xc0, &["255", "390"]),
    (0xca, &["255", "394"]),
];
/// How many numbers each range of sets has.
const RANGES: [(u8, u8); 5] = [(0x2a, 6), (0x3a, 6), (0xa0, 10), (0xc0, 10), (0xca, 4)];

impl DigitalLink {
    /// Reads an address that is compressed in whole or after the key, or not at all. The result is not compressed.
    ///
    /// # Errors
    /// [`DigitalLinkError`] at the first thing that is not as the standard has it, a number of more than 38 digits in text included.
    pub fn parse_compressed(uri: &str) -> Result<Self, DigitalLinkError> {
        let plain = Self::parse_early(uri);
        if plain.is_ok() {
            return plain;
        }
        let parts = parse::split(uri)?;
        let (head, last) = parts.path.rsplit_once('/').ok_or(DigitalLinkError::NoKey)?;
        let (stem, mut elements) = match path::split(head, Syntax::Early) {
            Ok((stem, elements)) => (stem, elements),
            Err(_) => (head.len(), Vec::new()),
        };
        elements.extend(expand(last)?);
        let others = query::read(parts.query, &mut elements, Syntax::Early)?;
        let stem = &uri[..uri.len() - parts.after_domain + stem];
        let link = Self::new(stem, &ElementString::new(elements)?)?;
        Ok(Self { others, ..link })
    }
}

fn expand(text: &str) -> Result<Vec<Element<'static>>, DigitalLinkError> {
    let mut bits = Bits::new(text)?;
    let mut elements = Vec::new();
    while bits.left() >= 8 {
        for ai in identifiers(&mut bits)? {
            let entry = entry(ai).ok_or(bits.fault())?;
            elements.push(Element::new(ai, data(entry, &mut bits)?)?);
        }
        if elements.len() > MAX_ELEMENTS {
            return Err(bits.fault());
        }
    }
    Ok(elements)
}

/// The identifiers whose data comes next.
fn identifiers(bits: &mut Bits) -> Result<Vec<Ai>, DigitalLinkError> {
    let code = bits.number(8)? as u8;
    let (high, low) = (code >> 4, code & 15);
    if high < 10 && low < 10 {
        let mut digits = format!("{high}{low}");
        loop {
            if let Some((ai, _)) = digits.parse().ok().and_then(|ai| Some((ai, entry(ai)?))) {
                return Ok(vec![ai]);
            }
            if digits.len() == 4 {
                return Err(bits.fault());
            }
            digits.push_str(&bits.number(4)?.to_string());
        }
    }
    let range = RANGES
        .iter()
        .find(|(first, count)| (*first..first + count).contains(&code));
    let first = range.map_or(code, |(first, _)| *first);
    let set = SETS.iter().find(|(number, _)| *number == first);
    let (_, names) = set.ok_or(bits.fault())?;
    let last = names.len() - 1;
    let names = names.iter().enumerate().map(|(index, name)| match range {
        Some(_) if index == last => format!("{name}{}", code - first),
        _ => (*name).to_owned(),
    });
    names
        .map(|name| name.parse().map_err(|_| bits.fault()))
        .collect()
}

/// The data of an element: leading digits of fixed length together, then what is left.
fn data(entry: &Entry, bits: &mut Bits) -> Result<String, DigitalLinkError> {
    let is_fixed = |part: &&crate::gs1::dictionary::Component| {
        part.characters == CharacterSet::Numeric && !part.optional && part.minimum == part.maximum
    };
    let fixed: Vec<_> = entry.components.iter().take_while(is_fixed).collect();
    let rest = &entry.components[fixed.len()..];
    let digits: usize = fixed.iter().map(|part| part.maximum).sum();
    let mut data = bits.digits(digits)?;
    let Some(part) = rest.first() else {
        return Ok(data);
    };
    let longest: usize = rest.iter().map(|part| part.maximum).sum();
    if part.characters == CharacterSet::Numeric {
        let length = bits.number(bits_of(longest))? as usize;
        data.push_str(&bits.digits(length)?);
        return Ok(data);
    }
    let alphabet = bits.number(3)?;
    let same = rest
        .iter()
        .all(|part| part.minimum == part.maximum && !part.optional);
    let length = match same {
        true => longest,
        false => bits.number(bits_of(longest))? as usize,
    };
    data.push_str(&bits.text(alphabet, length)?);
    Ok(data)
}

/// Bits that hold the numbers up to `most`.
fn bits_of(most: usize) -> usize {
    (usize::BITS - most.leading_zeros()) as usize
}

/// Bits of a base64 text, six a character.
struct Bits {
    sixes: Vec<u8>,
    place: usize,
}

impl Bits {
    fn new(text: &str) -> Result<Self, DigitalLinkError> {
        let value = |byte: u8| BASE64.iter().position(|one| *one == byte);
        let sixes = text
            .bytes()
            .map(|byte| value(byte).map(|value| value as u8));
        let sixes = sixes.collect::<Option<Vec<u8>>>();
        let sixes = sixes.filter(|sixes| !sixes.is_empty());
        Ok(Self {
            sixes: sixes.ok_or(DigitalLinkError::NoKey)?,
            place: 0,
        })
    }

    fn left(&self) -> usize {
        self.sixes.len() * 6 - self.place
    }

    fn fault(&self) -> DigitalLinkError {
        DigitalLinkError::Compressed { bit: self.place }
    }

    /// The next `count` bits, at most 128, as a number.
    fn number(&mut self, count: usize) -> Result<u128, DigitalLinkError> {
        if count > self.left() || count > 128 {
            return Err(self.fault());
        }
        let mut number = 0;
        for place in self.place..self.place + count {
            let bit = self.sixes[place / 6] >> (5 - place % 6) & 1;
            number = number << 1 | u128::from(bit);
        }
        self.place += count;
        Ok(number)
    }

    /// A number of `count` digits, leading zeros included, in as few bits as hold any such number.
    fn digits(&mut self, count: usize) -> Result<String, DigitalLinkError> {
        if count == 0 {
            return Ok(String::new());
        }
        if count > MOST_DIGITS {
            return Err(self.fault());
        }
        let largest = 10_u128.pow(count as u32) - 1;
        let number = self.number((u128::BITS - largest.leading_zeros()) as usize)?;
        if number > largest {
            return Err(self.fault());
        }
        Ok(format!("{number:0count$}"))
    }

    fn text(&mut self, alphabet: u128, length: usize) -> Result<String, DigitalLinkError> {
        let width = match alphabet {
            0 => return self.digits(length),
            1 | 2 => 4,
            3 => 6,
            4 => 7,
            _ => return Err(self.fault()),
        };
        let mut text = String::with_capacity(length);
        for _ in 0..length {
            let value = self.number(width)? as u8;
            text.push(match alphabet {
                1 => char::from(b"0123456789abcdef"[usize::from(value)]),
                2 => char::from(b"0123456789ABCDEF"[usize::from(value)]),
                3 => char::from(BASE64[usize::from(value)]),
                _ => char::from(value),
            });
        }
        Ok(text)
    }
}
