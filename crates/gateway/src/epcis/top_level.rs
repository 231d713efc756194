//! The top-level resources: what events name, and the events that name it.

use super::{context::CONTEXT, discover as options, events};
use crate::{
    door::{Answer, Call, Place, Problem, ProblemKind, Syntax},
    repository::{Collection, View},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use std::collections::BTreeMap;
use theriac_standards::epcis::{convert::IdentifierForm, model::EventType, vocabulary::Kind};

const RESOURCES: [&str; 9] = [
    "events",
    "eventTypes",
    "epcs",
    "bizSteps",
    "bizLocations",
    "readPoints",
    "dispositions",
    "capture",
    "queries",
];

/// `GET /`: the top-level resources themselves.
pub(crate) async fn root(call: Call) -> Result<Answer, Problem> {
    let (syntax, content_type) = call.wants.either()?;
    let body = match syntax {
        Syntax::Json => collection(&RESOURCES),
        Syntax::Xml => {
            let members = RESOURCES.map(|name| format!("<member>{name}</member>"));
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<epcis:Collection \
                 xmlns:epcis=\"urn:epcglobal:epcis:xsd:2\">{}</epcis:Collection>",
                members.concat()
            )
        }
    };
    Ok(Answer::new(content_type, body))
}

macro_rules! resources {
    ($($module:ident = $collection:ident, $parameter:literal, $asked:literal;)*) => {$(
        pub(crate) mod $module {
            //! One kind of what events name.

            use super::{Answer, Call, Problem, Resource};
            use crate::repository::Collection;

            const RESOURCE: Resource = Resource {
                collection: Collection::$collection,
                parameter: $parameter,
                asked: $asked,
            };

            pub(crate) async fn list(call: Call) -> Result<Answer, Problem> {
                super::list(call, RESOURCE).await
            }

            pub(crate) async fn show(call: Call) -> Result<Answer, Problem> {
                super::show(call, RESOURCE).await
            }

            pub(crate) async fn discover(call: Call) -> Result<Answer, Problem> {
                super::discover(call, RESOURCE).await
            }

            pub(crate) async fn events(call: Call) -> Result<Answer, Problem> {
                super::events_of(call, RESOURCE).await
            }
        }
    )*};
}

resources! {
    event_types = EventTypes, "eventType", "eventType";
    epcs = Epcs, "epc", "MATCH_anyEPC";
    biz_steps = BizSteps, "bizStep", "EQ_bizStep";
    biz_locations = BizLocations, "bizLocation", "EQ_bizLocation";
    read_points = ReadPoints, "readPoint", "EQ_readPoint";
    dispositions = Dispositions, "disposition", "EQ_disposition";
}

/// A top-level resource.
#[derive(Clone, Copy)]
struct Resource {
    collection: Collection,
    /// The parameter of the path.
    parameter: &'static str,
    /// The parameter of the query language that asks for events which name a member.
    asked: &'static str,
}

impl Resource {
    /// The vocabulary whose words are members whether events name them or not.
    fn vocabulary(self) -> Option<Kind> {
        match self.collection {
            Collection::BizSteps => Some(Kind::BizStep),
            Collection::Dispositions => Some(Kind::Disposition),
            Collection::EventTypes
            | Collection::Epcs
            | Collection::BizLocations
            | Collection::ReadPoints => None,
        }
    }

    /// The members that are there without any event, in the form in which they are kept.
    fn standing(self) -> Vec<String> {
        if self.collection == Collection::EventTypes {
            return EventType::STANDARD.iter().map(EventType::name).collect();
        }
        let words = self.vocabulary().map_or(&[][..], Kind::words);
        words.iter().map(|word| self.collection.key(word)).collect()
    }

    /// A member as it is told.
    fn told(self, key: &str, written: &str, form: IdentifierForm) -> String {
        if let Some(kind) = self.vocabulary() {
            return kind.to_bare(key).into_owned();
        }
        let translates = match form {
            IdentifierForm::NoPreference | IdentifierForm::DigitalLink => true,
            // Where the length of the company prefix is not known, only what was written is a URN.
            IdentifierForm::EpcUrn | IdentifierForm::Never => false,
        };
        match translates || written.is_empty() {
            true => key.to_owned(),
            false => written.to_owned(),
        }
    }
}

fn collection(members: &[impl AsRef<str>]) -> String {
    let members: Vec<&str> = members.iter().map(AsRef::as_ref).collect();
    json!({ "@context": CONTEXT, "type": "Collection", "member": members }).to_string()
}

async fn list(call: Call, resource: Resource) -> Result<Answer, Problem> {
    let content_type = call.wants.json()?;
    let page = call.bare_page()?;
    let after = match page.resumed {
        Some(Place::Behind(member)) => member,
        Some(Place::Events(_)) | None => String::new(),
    };
    let repository = &call.service.repository;
    let kind = resource.collection;
    let wanted = (after.as_str(), page.size + 1);
    let found = repository
        .members(kind, &call.view().await?, wanted)
        .await?;
    let mut members: BTreeMap<String, String> = found.into_iter().collect();
    let standing = resource.standing().into_iter();
    for member in standing.filter(|member| *member > after) {
        members.entry(member).or_default();
    }
    let more = members.len() > page.size;
    let members: Vec<_> = members.into_iter().take(page.size).collect();
    let told = members
        .iter()
        .map(|(key, written)| resource.told(key, written, call.wants.identifiers));
    let told: Vec<_> = told.collect();
    let last = members.last().map(|(key, _)| key.clone());
    let answer = Answer::new(content_type, collection(&told));
    Ok(call.link(answer, last.filter(|_| more).map(Place::Behind)))
}

async fn show(call: Call, resource: Resource) -> Result<Answer, Problem> {
    let content_type = call.wants.json()?;
    call.bare_page()?;
    find(&call, resource).await?;
    Ok(Answer::new(content_type, collection(&["events"])))
}

async fn discover(call: Call, resource: Resource) -> Result<Answer, Problem> {
    find(&call, resource).await?;
    options::readable(call).await
}

async fn events_of(call: Call, resource: Resource) -> Result<Answer, Problem> {
    find(&call, resource).await?;
    let member = call.parameter(resource.parameter);
    let member = utf8_percent_encode(member, NON_ALPHANUMERIC);
    events::found(&call, &format!("{}={member}", resource.asked)).await
}

/// Whether the member is there for this caller.
async fn find(call: &Call, resource: Resource) -> Result<(), Problem> {
    let member = call.parameter(resource.parameter);
    let key = resource.collection.key(member);
    // A bar would ask for two members at once.
    if !member.contains('|') {
        if resource.standing().contains(&key) {
            return Ok(());
        }
        let view: View = call.view().await?;
        let repository = &call.service.repository;
        if repository
            .has_member(resource.collection, &view, member)
            .await?
        {
            return Ok(());
        }
    }
    Err(ProblemKind::NotFound.into())
}
