//! Media types of bodies: the one that was sent, and the one that the client takes.

use super::{Problem, ProblemKind};
use axum::http::{HeaderMap, header};

/// The type of a body, one of those that are read.
///
/// # Errors
/// Another type, an encoding of the content, a character set other than UTF-8.
pub(crate) fn accepted_type(
    request: &HeaderMap,
    read: &[&'static str],
) -> Result<&'static str, Problem> {
    let refuse = |detail: String| ProblemKind::UnsupportedMediaType.because(detail);
    let encoding = request.get(header::CONTENT_ENCODING);
    if encoding.is_some_and(|encoding| encoding != "identity") {
        return Err(refuse(
            "bodies are read without a content encoding".to_owned(),
        ));
    }
    let value = request.get(header::CONTENT_TYPE);
    let value = value.and_then(|value| value.to_str().ok()).unwrap_or("");
    let (name, rest) = value.split_once(';').unwrap_or((value, ""));
    let charset = rest.to_ascii_lowercase().replace([' ', '"'], "");
    let charset = charset
        .split(';')
        .find_map(|part| part.strip_prefix("charset="));
    if charset.is_some_and(|charset| charset != "utf-8" && charset != "us-ascii") {
        return Err(refuse("bodies are read in UTF-8".to_owned()));
    }
    let name = name.trim();
    let mut known = read.iter().copied();
    known
        .find(|known| known.eq_ignore_ascii_case(name))
        .ok_or_else(|| refuse(format!("read are {}", read.join(", "))))
}

/// Of the types that are served, the one that the client prefers; the first of several, and where it does not say.
///
/// # Errors
/// The client takes none of them.
pub(crate) fn preferred(
    request: &HeaderMap,
    served: &[&'static str],
) -> Result<&'static str, Problem> {
    let mut values = request.get_all(header::ACCEPT).iter().peekable();
    if values.peek().is_none() {
        return Ok(served[0]);
    }
    let ranges: Vec<_> = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(media_range)
        .collect();
    let mut best = (0, "");
    for name in served.iter().copied() {
        let quality = quality(&ranges, name);
        if quality > best.0 {
            best = (quality, name);
        }
    }
    match best {
        (0, _) => {
            let detail = format!("served are {}", served.join(", "));
            Err(ProblemKind::NotAcceptable.because(detail))
        }
        (_, name) => Ok(name),
    }
}

/// A media range, and how much it is wanted in thousandths.
pub(super) fn media_range(text: &str) -> (String, u16) {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next().unwrap_or("").to_ascii_lowercase();
    let quality = parts.find_map(|part| part.strip_prefix("q="));
    let quality = quality.and_then(|quality| quality.parse::<f32>().ok());
    let quality = quality.unwrap_or(1.0).clamp(0.0, 1.0) * 1_000.0;
    (name, quality as u16)
}

/// How much a type is wanted: the most specific range says it (RFC 9110, section 12.5.1).
fn quality(ranges: &[(String, u16)], name: &str) -> u16 {
    let main = name.split('/').next().unwrap_or("");
    let wanted = |known: &str| {
        let mut ranges = ranges.iter();
        ranges.find_map(|(range, quality)| (range == known).then_some(*quality))
    };
    let found = wanted(name).or_else(|| wanted(&format!("{main}/*")));
    found.or_else(|| wanted("*/*")).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVED: [&str; 3] = ["application/json", "application/x-ndjson", "text/csv"];

    fn of(name: &'static str, value: &str) -> HeaderMap {
        [(name.parse().unwrap(), value.parse().unwrap())]
            .into_iter()
            .collect()
    }

    #[test]
    fn the_type_that_the_client_wants_most_is_served() {
        for (accept, served) in [
            ("*/*", Some("application/json")),
            ("application/x-ndjson", Some("application/x-ndjson")),
            (
                "application/json;q=0.5, application/X-NDJSON",
                Some("application/x-ndjson"),
            ),
            ("text/*, */*;q=0.1", Some("text/csv")),
            (
                "application/json;q=0, */*;q=0.2",
                Some("application/x-ndjson"),
            ),
            ("application/xml", None),
            ("application/json;q=0", None),
        ] {
            let told = preferred(&of("accept", accept), &SERVED).ok();
            assert_eq!(told, served, "{accept}");
        }
        assert_eq!(preferred(&HeaderMap::new(), &SERVED).ok(), Some(SERVED[0]));
    }

    #[test]
    fn a_body_of_another_type_or_encoding_is_not_read() {
        for (sent, read) in [
            ("application/x-ndjson", Some("application/x-ndjson")),
            (
                "Application/JSON; charset=\"UTF-8\"",
                Some("application/json"),
            ),
            ("application/json; charset=latin1", None),
            ("application/xml", None),
            ("", None),
        ] {
            let told = accepted_type(&of("content-type", sent), &SERVED).ok();
            assert_eq!(told, read, "{sent}");
        }
        let mut encoded = of("content-type", "application/json");
        encoded.extend(of("content-encoding", "gzip"));
        assert!(accepted_type(&encoded, &SERVED).is_err());
    }
}
