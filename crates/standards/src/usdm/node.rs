//! A value of a definition with its pointer.

use super::{Coded, Fault, UsdmError};
use crate::{dataset::Json, epcis::Excerpt};

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    pub(super) value: &'a Json,
    pub(super) pointer: String,
}

impl<'a> Node<'a> {
    pub(super) fn root(value: &'a Json) -> Self {
        Self {
            value,
            pointer: String::new(),
        }
    }

    pub(super) fn error(&self, fault: Fault) -> UsdmError {
        let pointer = self.pointer.clone();
        UsdmError::At { pointer, fault }
    }

    pub(super) fn pointer_of(&self, name: &str) -> String {
        let name = name.replace('~', "~0").replace('/', "~1");
        format!("{}/{name}", self.pointer)
    }

    /// A member that is there and not null.
    pub(super) fn member(&self, name: &str) -> Option<Node<'a>> {
        let value = self.value.get(name)?;
        let is_null = matches!(value, Json::Null);
        (!is_null).then(|| Node {
            value,
            pointer: self.pointer_of(name),
        })
    }

    pub(super) fn required(&self, name: &str) -> Result<Node<'a>, UsdmError> {
        self.member(name).ok_or_else(|| UsdmError::At {
            pointer: self.pointer_of(name),
            fault: Fault::Missing,
        })
    }

    pub(super) fn expected(&self, expected: &'static str) -> UsdmError {
        let got = self.value.kind();
        self.error(Fault::Expected { got, expected })
    }

    pub(super) fn text(&self) -> Result<String, UsdmError> {
        let text = self.value.as_str().map(str::to_owned);
        text.ok_or_else(|| self.expected("a text"))
    }

    pub(super) fn text_of(&self, name: &str) -> Result<String, UsdmError> {
        self.required(name)?.text()
    }

    /// A text that may be missing; an empty one counts as missing.
    pub(super) fn maybe_text(&self, name: &str) -> Result<Option<String>, UsdmError> {
        let text = self.member(name).map(|member| member.text()).transpose()?;
        Ok(text.filter(|text| !text.is_empty()))
    }

    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, UsdmError> {
        self.member(name)
            .map(|member| match member.value {
                Json::Bool(flag) => Ok(*flag),
                _ => Err(member.expected("true or false")),
            })
            .transpose()
    }

    /// The items of a list; none where it is missing.
    pub(super) fn items(&self, name: &str) -> Result<Vec<Node<'a>>, UsdmError> {
        let Some(list) = self.member(name) else {
            return Ok(Vec::new());
        };
        let Json::List(items) = list.value else {
            return Err(list.expected("an array"));
        };
        let items = items.iter().enumerate().map(|(at, value)| Node {
            value,
            pointer: format!("{}/{at}", list.pointer),
        });
        items
            .map(|item| match item.value {
                Json::Object(_) | Json::Text(_) => Ok(item),
                _ => Err(item.expected("an object")),
            })
            .collect()
    }

    /// What `read` makes of each item of a list.
    pub(super) fn each<T>(
        &self,
        name: &str,
        read: impl Fn(&Node<'a>) -> Result<T, UsdmError>,
    ) -> Result<Vec<T>, UsdmError> {
        self.items(name)?.iter().map(read).collect()
    }

    pub(super) fn texts(&self, name: &str) -> Result<Vec<String>, UsdmError> {
        self.each(name, Node::text)
    }

    /// A code, or the standard code of an alias.
    pub(super) fn coded(&self, name: &str) -> Result<Option<Coded>, UsdmError> {
        let Some(member) = self.member(name) else {
            return Ok(None);
        };
        let code = member.member("standardCode").unwrap_or(member);
        Ok(Some(Coded {
            code: code.text_of("code")?,
            decode: code.text_of("decode")?,
        }))
    }

    pub(super) fn excerpt(text: &str) -> Excerpt {
        Excerpt::new(text)
    }
}
