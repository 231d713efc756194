//! Reads an EPC URN.

use super::escape::unescape;
use super::scheme::{Body, Layout, Tail};
use super::{Epc, EpcError, Level, PrefixLength, Scheme};
use crate::gs1::dictionary::Ai;
use crate::gs1::element_string::{Element, ElementString};
use crate::gs1::linter::check_digit;

const LONGEST: usize = 256;
const ANY: &str = "*";

impl Epc {
    /// Reads a pure identity URI, a class or a pattern of a class.
    ///
    /// # Errors
    /// [`EpcError`] at the first thing that is not as the scheme has it.
    pub fn parse(urn: &str) -> Result<Self, EpcError> {
        if urn.len() > LONGEST {
            return Err(EpcError::TooLong {
                got: urn.len(),
                allowed: LONGEST,
            });
        }
        let rest = urn
            .strip_prefix("urn:epc:")
            .ok_or(EpcError::UnknownScheme)?;
        let mut head = rest.splitn(3, ':');
        let (Some(kind), Some(name), Some(body)) = (head.next(), head.next(), head.next()) else {
            return Err(EpcError::UnknownScheme);
        };
        let scheme = Scheme::named(name).ok_or(EpcError::UnknownScheme)?;
        let (level, pattern) = match (kind, scheme) {
            ("class", Scheme::Lgtin) => (Level::Class, false),
            ("id", scheme) if scheme != Scheme::Lgtin => (Level::Instance, false),
            ("idpat", scheme) if scheme.has_classes() => (Level::Class, true),
            _ => return Err(EpcError::UnknownScheme),
        };
        let layout = scheme.layout();
        let parts = split(body, &layout)?;
        let prefix_length = prefix_length(parts[0])?;
        Ok(Self {
            scheme,
            level,
            prefix_length,
            elements: ElementString::new(elements(&layout, &parts, pattern)?)?,
        })
    }
}

fn split<'a>(body: &'a str, layout: &Layout) -> Result<Vec<&'a str>, EpcError> {
    let expected = match layout.tail {
        Tail::None => 2,
        Tail::Inside | Tail::Element(_) | Tail::Extension(_) => 3,
        Tail::Pieces(_) => 5,
    };
    let parts: Vec<&str> = body.splitn(expected, '.').collect();
    if parts.len() != expected {
        return Err(EpcError::Parts {
            expected,
            got: parts.len(),
        });
    }
    Ok(parts)
}

fn prefix_length(prefix: &str) -> Result<PrefixLength, EpcError> {
    require_digits(prefix)?;
    PrefixLength::new(prefix.len())
}

fn elements(
    layout: &Layout,
    parts: &[&str],
    pattern: bool,
) -> Result<Vec<Element<'static>>, EpcError> {
    let mut key = key(layout, parts[0], parts[1])?;
    let last = parts[parts.len() - 1];
    if pattern && last != ANY {
        return Err(EpcError::NotAPattern);
    }
    let mut second = None;
    match layout.tail {
        Tail::None => {}
        Tail::Inside if pattern => {}
        Tail::Inside => key.push_str(&non_empty(last)?),
        Tail::Extension(_) if last == "0" => {}
        Tail::Extension(ai) | Tail::Element(ai) => second = Some(ai),
        Tail::Pieces(ai) => {
            for piece in &parts[2..4] {
                require_digits(piece)?;
                if piece.len() != 2 {
                    return Err(EpcError::Piece);
                }
                key.push_str(piece);
            }
            second = Some(ai);
        }
    }
    let mut elements = vec![Element::new(Ai::of(layout.ai), key)?];
    if let Some(ai) = second.filter(|_| !pattern) {
        elements.push(Element::new(Ai::of(ai), unescape(last)?)?);
    }
    Ok(elements)
}

/// A serial number inside a key is optional there, not here.
fn non_empty(serial: &str) -> Result<String, EpcError> {
    if serial.is_empty() {
        return Err(EpcError::Parts {
            expected: 3,
            got: 2,
        });
    }
    unescape(serial)
}

/// The data of the key's element, without what follows its check digit.
fn key(layout: &Layout, prefix: &str, reference: &str) -> Result<String, EpcError> {
    let before = layout.before;
    let (Body::LeadingDigit(length) | Body::Digits(length)) = layout.body else {
        if reference.is_empty() {
            return Err(EpcError::EmptyReference);
        }
        return Ok(format!("{before}{prefix}{}", unescape(reference)?));
    };
    let expected = length - prefix.len();
    if reference.len() != expected {
        return Err(EpcError::ReferenceLength {
            expected,
            got: reference.len(),
        });
    }
    require_digits(reference)?;
    let (leading, reference) = match layout.body {
        Body::LeadingDigit(_) => reference.split_at(1),
        Body::Digits(_) | Body::Text => ("", reference),
    };
    let body = format!("{leading}{prefix}{reference}");
    let check = check_digit(body.as_bytes()).ok_or(EpcError::NotADigit)?;
    Ok(format!("{before}{body}{}", char::from(check)))
}

fn require_digits(text: &str) -> Result<(), EpcError> {
    match text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(()),
        false => Err(EpcError::NotADigit),
    }
}
