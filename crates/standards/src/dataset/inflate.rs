//! The bytes of a dataset, decompressed where they are compressed, and no more of them than the limits allow.

use super::Limits;
use flate2::bufread::{GzDecoder, ZlibDecoder};
use std::io::{self, BufRead, BufReader, Chain, Cursor, Error, ErrorKind, Read};

/// Bytes that may come out before the ratio counts.
const FREE: u64 = 1 << 20;

type Start<R> = Chain<Cursor<Vec<u8>>, R>;
type Raw<R> = BufReader<Counted<Start<R>>>;

/// Reads plain or compressed bytes. The standard says zlib; its published examples are gzip.
pub(super) struct Inflated<R> {
    source: Source<R>,
    limits: Limits,
    out: u64,
}

enum Source<R> {
    Plain(Raw<R>),
    Zlib(ZlibDecoder<Raw<R>>),
    Gzip(GzDecoder<Raw<R>>),
}

/// Counts what was read.
struct Counted<R> {
    reader: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let length = self.reader.read(target)?;
        self.bytes += length as u64;
        Ok(length)
    }
}

impl<R: Read> Inflated<R> {
    pub(super) fn new(mut reader: R, limits: &Limits) -> io::Result<Self> {
        let mut start = Vec::with_capacity(2);
        while start.len() < 2 {
            let mut byte = [0];
            match reader.read(&mut byte) {
                Ok(0) => break,
                Ok(_) => start.push(byte[0]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let is_gzip = start == [0x1f, 0x8b];
        let raw = BufReader::new(Counted {
            reader: Cursor::new(start.clone()).chain(reader),
            bytes: 0,
        });
        let source = match is_gzip {
            true => Source::Gzip(GzDecoder::new(raw)),
            false if is_zlib(&start) => Source::Zlib(ZlibDecoder::new(raw)),
            false => Source::Plain(raw),
        };
        Ok(Self {
            source,
            limits: *limits,
            out: 0,
        })
    }

    /// Whether the bytes are compressed.
    pub(super) fn is_compressed(&self) -> bool {
        !matches!(self.source, Source::Plain(_))
    }

    fn bounded(&mut self, taken: u64, length: usize) -> io::Result<usize> {
        self.out += length as u64;
        let most = FREE.saturating_add(taken.saturating_mul(self.limits.inflation));
        if self.out > self.limits.inflated_bytes || self.out > most {
            let text = "inflates to more than the limits allow";
            return Err(Error::new(ErrorKind::FileTooLarge, text));
        }
        Ok(length)
    }
}

/// The first byte says deflate with a window; the first two are a multiple of 31 (RFC 1950). No JSON text begins so.
fn is_zlib(start: &[u8]) -> bool {
    let [first, second] = start else {
        return false;
    };
    first & 0x0f == 8
        && first >> 4 <= 7
        && (u16::from(*first) * 256 + u16::from(*second)).is_multiple_of(31)
}

/// Refuses bytes after the compressed ones: another reader could take them for more rows.
fn nothing_after<R: Read>(raw: &mut Raw<R>) -> io::Result<usize> {
    match raw.fill_buf()?.is_empty() {
        true => Ok(0),
        false => Err(Error::new(
            ErrorKind::InvalidData,
            "bytes after the compressed ones",
        )),
    }
}

impl<R: Read> Read for Inflated<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let (length, taken) = match &mut self.source {
            Source::Plain(raw) => return raw.read(target),
            Source::Zlib(decoder) => match decoder.read(target)? {
                0 => return nothing_after(decoder.get_mut()),
                length => (length, decoder.get_ref().get_ref().bytes),
            },
            Source::Gzip(decoder) => match decoder.read(target)? {
                0 => return nothing_after(decoder.get_mut()),
                length => (length, decoder.get_ref().get_ref().bytes),
            },
        };
        self.bounded(taken, length)
    }
}
