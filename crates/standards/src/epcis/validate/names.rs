//! The names of extensions: prefixed with a defined prefix, or full URIs.

use super::{Rule, values::Checks};
use crate::epcis::{
    model::{Extension, Name},
    path::Path,
    uri::is_uri,
};

pub(super) fn check_names<'a>(
    extensions: impl Iterator<Item = &'a Extension>,
    path: &Path,
    checks: &mut Checks<'_>,
) {
    for extension in extensions {
        if let Some(rule) = broken(&extension.name, checks) {
            let written = extension.name.written();
            let at = path.clone().name(written.clone());
            checks.find(rule, at, &written);
        }
    }
}

fn broken(name: &Name, checks: &Checks<'_>) -> Option<Rule> {
    if name.namespace.is_some() {
        return None;
    }
    if name.prefix.is_some() {
        return (!checks.prefixes.open).then_some(Rule::UndefinedPrefix);
    }
    if is_uri(&name.local) || checks.prefixes.namespace(&name.local).is_some() {
        return None;
    }
    match checks.prefixes.open {
        true => Some(Rule::NameOfRemoteContext),
        false => Some(Rule::UnknownName),
    }
}
