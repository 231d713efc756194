//! The routes: one line each. Registering one is writing its line.

use super::route::{Policy, Route, RouteRow};
use crate::{
    epcis::{capture, discover, events, jobs, page_token, queries, subscriptions, top_level},
    odm,
    packs::door::{
        alarms, connectivity, decommission, dispense, provenance, queue, respond, undo, verify,
    },
    partners::Right::{
        Administer, Ask, Capture, CaptureTrials, Dispense, Query, ReadTrials, Subscribe, Verify,
    },
    partners::grants,
};
use Policy::{Either, Known, Open, Responder, With};

macro_rules! table {
    ($($method:ident $path:literal ($policy:expr) $summary:literal => $handler:path;)*) => {
        pub(crate) static ROUTES: &[Route] = &[$(Route {
            row: RouteRow {
                method: stringify!($method),
                path: $path,
                policy: $policy,
                summary: $summary,
            },
            handler: |call| Box::pin($handler(call)),
        },)*];
    };
}

table! {
    GET "/openapi.json" (Open) "this document" => super::openapi::document;
    GET "/" (Known) "the top-level resources" => top_level::root;
    OPTIONS "/" (Known) "what may be done here" => discover::readable;

    POST "/capture" (With(Capture)) "takes a document of events in; stored after the answer" => capture::post;
    GET "/capture" (Either(Capture, Administer)) "the caller's captures, or those of all partners for who administers" => jobs::list;
    OPTIONS "/capture" (Known) "what may be done here" => discover::capture;
    GET "/capture/{captureID}" (Either(Capture, Administer)) "how a capture went" => jobs::show;
    OPTIONS "/capture/{captureID}" (Either(Capture, Administer)) "what may be done here" => jobs::discover;

    POST "/events" (With(Capture)) "takes one event in; stored before the answer" => events::post;
    GET "/events" (With(Query)) "events that answer the query of the URL" => events::list;
    OPTIONS "/events" (Known) "what may be done here" => discover::writable;
    GET "/events/{eventID}" (With(Query)) "an event, with the declarations of its being wrong" => events::show;
    OPTIONS "/events/{eventID}" (With(Query)) "what may be done here" => events::discover;

    GET "/eventTypes" (With(Query)) "types of events that events name" => top_level::event_types::list;
    OPTIONS "/eventTypes" (Known) "what may be done here" => discover::readable;
    GET "/eventTypes/{eventType}" (With(Query)) "what lies below a type of event" => top_level::event_types::show;
    OPTIONS "/eventTypes/{eventType}" (With(Query)) "what may be done here" => top_level::event_types::discover;
    GET "/eventTypes/{eventType}/events" (With(Query)) "events that name a type of event" => top_level::event_types::events;
    OPTIONS "/eventTypes/{eventType}/events" (With(Query)) "what may be done here" => top_level::event_types::discover;

    GET "/epcs" (With(Query)) "identifiers of things that events name" => top_level::epcs::list;
    OPTIONS "/epcs" (Known) "what may be done here" => discover::readable;
    GET "/epcs/{epc}" (With(Query)) "what lies below an identifier of a thing" => top_level::epcs::show;
    OPTIONS "/epcs/{epc}" (With(Query)) "what may be done here" => top_level::epcs::discover;
    GET "/epcs/{epc}/events" (With(Query)) "events that name an identifier of a thing" => top_level::epcs::events;
    OPTIONS "/epcs/{epc}/events" (With(Query)) "what may be done here" => top_level::epcs::discover;

    GET "/bizSteps" (With(Query)) "business steps that events name" => top_level::biz_steps::list;
    OPTIONS "/bizSteps" (Known) "what may be done here" => discover::readable;
    GET "/bizSteps/{bizStep}" (With(Query)) "what lies below a business step" => top_level::biz_steps::show;
    OPTIONS "/bizSteps/{bizStep}" (With(Query)) "what may be done here" => top_level::biz_steps::discover;
    GET "/bizSteps/{bizStep}/events" (With(Query)) "events that name a business step" => top_level::biz_steps::events;
    OPTIONS "/bizSteps/{bizStep}/events" (With(Query)) "what may be done here" => top_level::biz_steps::discover;

    GET "/bizLocations" (With(Query)) "business locations that events name" => top_level::biz_locations::list;
    OPTIONS "/bizLocations" (Known) "what may be done here" => discover::readable;
    GET "/bizLocations/{bizLocation}" (With(Query)) "what lies below a business location" => top_level::biz_locations::show;
    OPTIONS "/bizLocations/{bizLocation}" (With(Query)) "what may be done here" => top_level::biz_locations::discover;
    GET "/bizLocations/{bizLocation}/events" (With(Query)) "events that name a business location" => top_level::biz_locations::events;
    OPTIONS "/bizLocations/{bizLocation}/events" (With(Query)) "what may be done here" => top_level::biz_locations::discover;

    GET "/readPoints" (With(Query)) "read points that events name" => top_level::read_points::list;
    OPTIONS "/readPoints" (Known) "what may be done here" => discover::readable;
    GET "/readPoints/{readPoint}" (With(Query)) "what lies below a read point" => top_level::read_points::show;
    OPTIONS "/readPoints/{readPoint}" (With(Query)) "what may be done here" => top_level::read_points::discover;
    GET "/readPoints/{readPoint}/events" (With(Query)) "events that name a read point" => top_level::read_points::events;
    OPTIONS "/readPoints/{readPoint}/events" (With(Query)) "what may be done here" => top_level::read_points::discover;

    GET "/dispositions" (With(Query)) "dispositions that events name" => top_level::dispositions::list;
    OPTIONS "/dispositions" (Known) "what may be done here" => discover::readable;
    GET "/dispositions/{disposition}" (With(Query)) "what lies below a disposition" => top_level::dispositions::show;
    OPTIONS "/dispositions/{disposition}" (With(Query)) "what may be done here" => top_level::dispositions::discover;
    GET "/dispositions/{disposition}/events" (With(Query)) "events that name a disposition" => top_level::dispositions::events;
    OPTIONS "/dispositions/{disposition}/events" (With(Query)) "what may be done here" => top_level::dispositions::discover;

    GET "/queries" (With(Query)) "named queries" => queries::list;
    POST "/queries" (With(Query)) "keeps a query under a name" => queries::post;
    OPTIONS "/queries" (Known) "what may be done here" => discover::writable;
    GET "/queries/{queryName}" (With(Query)) "a named query" => queries::show;
    DELETE "/queries/{queryName}" (Either(Query, Administer)) "forgets a query and ends its subscriptions; others' with the right to administer" => queries::delete;
    OPTIONS "/queries/{queryName}" (With(Query)) "what may be done here" => queries::discover;
    GET "/queries/{queryName}/events" (With(Query)) "the answer to a named query" => queries::events;
    WEBSOCKET "/queries/{queryName}/events" (With(Subscribe)) "the same, sent as events become visible" => subscriptions::socket;
    OPTIONS "/queries/{queryName}/events" (With(Query)) "what may be done here" => queries::discover_events;

    GET "/queries/{queryName}/subscriptions" (Either(Subscribe, Administer)) "the caller's subscriptions, or those of all partners for who administers" => subscriptions::list;
    POST "/queries/{queryName}/subscriptions" (With(Subscribe)) "has the answer sent to a URL" => subscriptions::post;
    OPTIONS "/queries/{queryName}/subscriptions" (Either(Subscribe, Administer)) "what may be done here" => subscriptions::discover_all;
    GET "/queries/{queryName}/subscriptions/{subscriptionID}" (Either(Subscribe, Administer)) "a subscription" => subscriptions::show;
    DELETE "/queries/{queryName}/subscriptions/{subscriptionID}" (Either(Subscribe, Administer)) "ends a subscription" => subscriptions::delete;
    OPTIONS "/queries/{queryName}/subscriptions/{subscriptionID}" (Either(Subscribe, Administer)) "what may be done here" => subscriptions::discover;

    DELETE "/nextPageToken/{token}" (Known) "gives up the rest of an answer" => page_token::delete;

    PUT "/partners/{partner}/grants/{eventID}" (With(Administer)) "lets a partner read an event beyond its reach" => grants::put;
    DELETE "/partners/{partner}/grants/{eventID}" (With(Administer)) "takes that back" => grants::delete;

    POST "/packs/verify" (Either(Verify, Dispense)) "whether the pack of a scan is fit to be dispensed, or why not" => verify::post;
    POST "/packs/dispense" (With(Dispense)) "verifies a pack and dispenses it, once in the whole network" => dispense::post;
    POST "/packs/undo" (With(Dispense)) "undoes an exit within 10 days" => undo::post;
    POST "/packs/decommission" (With(Dispense)) "lets a pack leave otherwise than by being dispensed" => decommission::post;
    GET "/packs/provenance" (Either(Verify, Dispense)) "the way of a pack, as a file that others check" => provenance::get;
    GET "/packs/queue" (Either(Verify, Dispense)) "what waits for a node" => queue::get;
    GET "/packs/alarms" (Either(Verify, Dispense)) "what is to be pulled, and what collided" => alarms::get;

    GET "/odm" (Either(ReadTrials, CaptureTrials)) "studies that the caller reaches" => odm::list;
    GET "/odm/{study}" (With(ReadTrials)) "a study as ODM with audit records, signatures and queries, whole or from an entry on" => odm::get;
    POST "/odm/{study}" (With(CaptureTrials)) "takes clinical data in as ODM, whole or not at all, and answers with a report" => odm::post;
    GET "/odm/{study}/datasets" (With(ReadTrials)) "datasets of analyses that the caller sees" => odm::datasets::list;
    POST "/odm/{study}/datasets" (With(CaptureTrials)) "takes clinical data in as Dataset-JSON, whole or not at all, and answers with a report" => odm::datasets::post;
    GET "/odm/{study}/datasets/{dataset}" (With(ReadTrials)) "a dataset of an analysis as Dataset-JSON" => odm::datasets::get;

    GET "/checkConnectivity" (Responder(Ask)) "whether this responder answers the caller for a product" => connectivity::get;
    GET "/verify/gtin/{gtin}/lot/{lot}/ser/{serial}" (Responder(Ask)) "whether a pack is one that this organisation made and sold" => respond::get;
}

/// The route table: what there is, and who may.
pub fn routes() -> impl Iterator<Item = RouteRow> {
    ROUTES.iter().map(|route| route.row)
}
