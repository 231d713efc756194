//! EPC URNs as canonical GS1 Digital Links, by the schemes of the EPC Tag Data Standard.

/// `urn:epc:id:…`, `urn:epc:class:…` or `urn:epc:idpat:…` as `https://id.gs1.org/…`; `None` where it is none of a GS1 key.
pub(super) fn to_digital_link(urn: &str) -> Option<String> {
    let rest = urn.strip_prefix("urn:epc:")?;
    let mut parts = rest.splitn(3, ':');
    let (class, scheme, body) = (parts.next()?, parts.next()?, parts.next()?);
    let (company, rest) = body.split_once('.')?;
    if !(6..=12).contains(&company.len()) || !digits(company) {
        return None;
    }
    let key = match class {
        "id" => instance(scheme, company, rest),
        "class" if scheme == "lgtin" => {
            let (gtin, lot) = gtin(company, rest)?;
            Some(format!("01/{gtin}/10/{}", component(lot, 20)?))
        }
        "idpat" => class_key(scheme, company, rest.strip_suffix(".*")?),
        _ => None,
    };
    key.map(|key| format!("https://id.gs1.org/{key}"))
}

fn instance(scheme: &str, company: &str, rest: &str) -> Option<String> {
    match scheme {
        "sgtin" | "upui" => {
            let (gtin, serial) = gtin(company, rest)?;
            let (qualifier, longest) = if scheme == "sgtin" {
                ("21", 20)
            } else {
                ("235", 28)
            };
            Some(format!(
                "01/{gtin}/{qualifier}/{}",
                component(serial, longest)?
            ))
        }
        "sscc" => {
            let (extension, reference) = rest.split_at_checked(1)?;
            checked(&format!("{extension}{company}{reference}"), 17).map(|key| format!("00/{key}"))
        }
        "sgln" => match thirteen(company, rest)? {
            (gln, "0") => Some(format!("414/{gln}")),
            (gln, extension) => Some(format!("414/{gln}/254/{}", component(extension, 20)?)),
        },
        "grai" | "gdti" | "sgcn" => serialised(scheme, company, rest),
        "giai" => component(rest, 30 - company.len()).map(|rest| format!("8004/{company}{rest}")),
        "ginc" => component(rest, 30 - company.len()).map(|rest| format!("401/{company}{rest}")),
        "cpi" => {
            let (reference, serial) = rest.rsplit_once('.')?;
            let stands = !serial.is_empty() && serial.len() <= 12 && digits(serial);
            let reference = part(reference, 30 - company.len())?;
            stands.then(|| format!("8010/{company}{reference}/8011/{serial}"))
        }
        "itip" => {
            let (piece, serial) = itip(company, rest)?;
            Some(format!("8006/{piece}/21/{}", component(serial?, 20)?))
        }
        _ => numeric(scheme, &format!("{company}{rest}")),
    }
}

/// A key of twelve digits and a check digit, then a serial.
fn serialised(scheme: &str, company: &str, rest: &str) -> Option<String> {
    let (key, serial) = thirteen(company, rest)?;
    match scheme {
        "grai" => Some(format!("8003/0{key}{}", component(serial, 16)?)),
        "gdti" => Some(format!("253/{key}{}", component(serial, 17)?)),
        _ => {
            let stands = (1..=12).contains(&serial.len()) && digits(serial);
            stands.then(|| format!("255/{key}{serial}"))
        }
    }
}

/// A key that is a number with a check digit and nothing else.
fn numeric(scheme: &str, number: &str) -> Option<String> {
    let (key, length) = match scheme {
        "pgln" => ("417", 12),
        "gsrn" => ("8018", 17),
        "gsrnp" => ("8017", 17),
        "gsin" => ("402", 16),
        _ => return None,
    };
    checked(number, length).map(|number| format!("{key}/{number}"))
}

fn class_key(scheme: &str, company: &str, rest: &str) -> Option<String> {
    match scheme {
        "sgtin" | "upui" => fourteen(company, rest).map(|gtin| format!("01/{gtin}")),
        "grai" => checked(&format!("{company}{rest}"), 12).map(|key| format!("8003/0{key}")),
        "gdti" => checked(&format!("{company}{rest}"), 12).map(|key| format!("253/{key}")),
        "sgcn" => checked(&format!("{company}{rest}"), 12).map(|key| format!("255/{key}")),
        "cpi" => part(rest, 30 - company.len()).map(|rest| format!("8010/{company}{rest}")),
        "itip" => match itip(company, rest)? {
            (piece, None) => Some(format!("8006/{piece}")),
            (_, Some(_)) => None,
        },
        _ => None,
    }
}

fn digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The GTIN-14 of a company prefix and an item reference whose first digit leads, and what follows the item reference.
fn gtin<'a>(company: &str, rest: &'a str) -> Option<(String, &'a str)> {
    let (item, rest) = rest.split_once('.')?;
    fourteen(company, item).map(|gtin| (gtin, rest))
}

fn fourteen(company: &str, item: &str) -> Option<String> {
    let (indicator, reference) = item.split_at_checked(1)?;
    checked(&format!("{indicator}{company}{reference}"), 13)
}

/// A key of twelve digits and its check digit, and what follows the reference.
fn thirteen<'a>(company: &str, rest: &'a str) -> Option<(String, &'a str)> {
    let (reference, rest) = rest.split_once('.')?;
    checked(&format!("{company}{reference}"), 12).map(|key| (key, rest))
}

/// GTIN, piece and total, and the serial where there is one.
fn itip<'a>(company: &str, rest: &'a str) -> Option<(String, Option<&'a str>)> {
    let mut parts = rest.splitn(4, '.');
    let gtin = fourteen(company, parts.next()?)?;
    let (piece, total) = (parts.next()?, parts.next()?);
    let stands = piece.len() == 2 && total.len() == 2 && digits(piece) && digits(total);
    stands.then(|| (format!("{gtin}{piece}{total}"), parts.next()))
}

/// `key` with its check digit, where it is `length` digits.
fn checked(key: &str, length: usize) -> Option<String> {
    if key.len() != length || !digits(key) {
        return None;
    }
    let sum: u32 = key
        .bytes()
        .rev()
        .zip([3, 1].into_iter().cycle())
        .map(|(byte, weight)| u32::from(byte - b'0') * weight)
        .sum();
    Some(format!("{key}{}", (10 - sum % 10) % 10))
}

/// A serial, lot or reference of 1 to `longest` characters, as a Digital Link escapes it.
fn component(text: &str, longest: usize) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"!')(*+,.:;=_-".contains(&byte);
    escaped(text, longest, plain)
}

/// A component or part reference: digits, capitals and the hyphen, with `#` and `/` escaped.
fn part(text: &str, longest: usize) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase() || byte == b'-';
    escaped(text, longest, plain)
}

fn escaped(text: &str, longest: usize, plain: impl Fn(u8) -> bool) -> Option<String> {
    let mut escaped = String::with_capacity(text.len());
    let (mut count, mut rest) = (0, text.as_bytes());
    while let Some((&byte, after)) = rest.split_first() {
        count += 1;
        rest = after;
        match byte {
            b'%' => {
                let pair = after
                    .get(..2)
                    .filter(|pair| pair.iter().all(u8::is_ascii_hexdigit))?;
                escaped.push('%');
                escaped.extend(pair.iter().map(|byte| char::from(*byte)));
                rest = &after[2..];
            }
            b'!' => escaped.push_str("%21"),
            b'(' => escaped.push_str("%28"),
            b')' => escaped.push_str("%29"),
            b'*' => escaped.push_str("%2A"),
            b'+' => escaped.push_str("%2B"),
            b',' => escaped.push_str("%2C"),
            b':' => escaped.push_str("%3A"),
            byte if plain(byte) => escaped.push(char::from(byte)),
            _ => return None,
        }
    }
    (1..=longest).contains(&count).then_some(escaped)
}
