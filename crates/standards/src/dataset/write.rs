//! A dataset written row by row.

use super::{Checker, Form, Header, Json, Limits, Report, WriteError};
use crate::epcis::json::{print, print_string};
use flate2::{Compression, write::ZlibEncoder};
use std::io::Write;

/// Writes a dataset in any form; only one row is in memory at a time.
pub struct Writer<W: Write> {
    target: Target<W>,
    header: Header,
    checker: Checker,
    form: Form,
    text: String,
}

enum Target<W: Write> {
    Plain(W),
    Zlib(ZlibEncoder<W>),
}

impl<W: Write> Target<W> {
    fn write(&mut self, text: &str) -> std::io::Result<()> {
        match self {
            Self::Plain(target) => target.write_all(text.as_bytes()),
            Self::Zlib(target) => target.write_all(text.as_bytes()),
        }
    }

    fn finish(self) -> std::io::Result<W> {
        match self {
            Self::Plain(mut target) => {
                target.flush()?;
                Ok(target)
            }
            Self::Zlib(target) => target.finish(),
        }
    }
}

impl<W: Write> Writer<W> {
    /// Writes the header.
    ///
    /// # Errors
    /// The target failed.
    pub fn open(target: W, header: Header, form: Form) -> Result<Self, WriteError> {
        let checker = Checker::new(&header, &Limits::default());
        let target = match form {
            Form::Json | Form::NdJson => Target::Plain(target),
            Form::Dsjc => Target::Zlib(ZlibEncoder::new(target, Compression::default())),
        };
        let mut writer = Self {
            target,
            header,
            checker,
            form,
            text: String::new(),
        };
        writer.begin()?;
        Ok(writer)
    }

    fn begin(&mut self) -> Result<(), WriteError> {
        let (before, after) = self.header.around_rows();
        self.text.push('{');
        push_members(before, true, &mut self.text);
        match self.form {
            Form::Json => {
                let comma = if before.is_empty() { "" } else { "," };
                self.text.push_str(comma);
                self.text.push_str("\"rows\":[");
            }
            Form::NdJson | Form::Dsjc => {
                push_members(after, before.is_empty(), &mut self.text);
                self.text.push_str("}\n");
            }
        }
        self.send()
    }

    /// Writes a row.
    ///
    /// # Errors
    /// The target failed.
    pub fn row(&mut self, row: &[Json]) -> Result<(), WriteError> {
        let first = self.checker.rows() == 0;
        self.checker.row(&self.header, row);
        if self.form == Form::Json && !first {
            self.text.push(',');
        }
        self.text.push('[');
        for (at, value) in row.iter().enumerate() {
            self.text.push_str(if at > 0 { "," } else { "" });
            print(value, &mut self.text);
        }
        self.text.push(']');
        if self.form != Form::Json {
            self.text.push('\n');
        }
        self.send()
    }

    /// Writes the end, and says what breaks the standard in what was written.
    ///
    /// # Errors
    /// The target failed.
    pub fn finish(mut self) -> Result<(W, Report), WriteError> {
        if self.form == Form::Json {
            self.text.push(']');
            let (_, after) = self.header.around_rows();
            push_members(after, false, &mut self.text);
            self.text.push_str("}\n");
            self.send()?;
        }
        self.checker.end(&self.header);
        let target = self.target.finish()?;
        Ok((target, self.checker.into_report()))
    }

    fn send(&mut self) -> Result<(), WriteError> {
        self.target.write(&self.text)?;
        self.text.clear();
        Ok(())
    }
}

fn push_members(members: &[(String, Json)], first: bool, text: &mut String) {
    for (at, (name, value)) in members.iter().enumerate() {
        text.push_str(if at == 0 && first { "" } else { "," });
        print_string(name, text);
        text.push(':');
        print(value, text);
    }
}
