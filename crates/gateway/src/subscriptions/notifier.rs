//! Tells all subscribers by webhook: at once or by schedule, again where one did not take it, later and later.

use super::{
    Destination, Schedule,
    feed::{Feed, Portion, Progress, search},
    webhook::{WebhookError, send},
};
use crate::{
    clock,
    door::{Problem, Service},
    epcis::{Bounds, Title, write_json},
    partners::Right,
    repository::{Delivery, StorageError, Subscription},
};
use bytes::Bytes;
use hyper::StatusCode;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};
use theriac_standards::epcis::convert::IdentifierForm;
use thiserror::Error;
use tokio::task::JoinSet;

/// Notifications sent at once.
const AT_ONCE: usize = 16;

/// Tells all subscribers by webhook.
pub(crate) struct Notifier {
    service: Arc<Service>,
    known: BTreeMap<String, Subscription>,
    busy: BTreeSet<String>,
    /// Where each was last found to have nothing new, so that it is not asked again for the same.
    seen: BTreeMap<String, i64>,
}

#[derive(Debug, Error)]
enum Failed {
    #[error(transparent)]
    Webhook(#[from] WebhookError),
    #[error("the repository failed")]
    Storage(#[from] StorageError),
    #[error("the query could not be answered: {0}")]
    Query(String),
}

impl From<Problem> for Failed {
    fn from(problem: Problem) -> Self {
        Self::Query(problem.to_json().to_string())
    }
}

impl Notifier {
    pub(crate) fn new(service: &Arc<Service>) -> Self {
        Self {
            service: service.clone(),
            known: BTreeMap::new(),
            busy: BTreeSet::new(),
            seen: BTreeMap::new(),
        }
    }

    /// Works until the service is stopped.
    pub(crate) async fn run(mut self) {
        let mut stop = self.service.stop.clone();
        let mut published = self.service.repository.published();
        let changed = self.service.subscribed.clone();
        let mut sending: JoinSet<(Subscription, i64)> = JoinSet::new();
        let mut reload = true;
        loop {
            if reload {
                self.reload().await;
                reload = false;
            }
            self.begin(&mut sending);
            let wait = self.wait(sending.len());
            tokio::select! {
                () = stop.requested() => return,
                () = changed.notified() => reload = true,
                _ = published.changed() => {}
                () = tokio::time::sleep(wait) => {}
                Some(done) = sending.join_next() => match done {
                    Ok((subscription, until)) => self.done(subscription, until),
                    Err(error) => {
                        tracing::error!(%error, "a notification ended early");
                        self.busy.clear();
                        reload = true;
                    }
                },
            }
        }
    }

    async fn reload(&mut self) {
        match self.service.repository.all_subscriptions().await {
            Ok(all) => {
                let known = all.into_iter().map(|each| (each.id.clone(), each));
                self.known = known.collect();
                self.seen.retain(|id, _| self.known.contains_key(id));
            }
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "subscriptions could not be read");
            }
        }
    }

    /// Begins what is due.
    fn begin(&mut self, sending: &mut JoinSet<(Subscription, i64)>) {
        let now = clock::now();
        let last = self.service.repository.last_recorded();
        for (id, subscription) in &self.known {
            if sending.len() >= AT_ONCE {
                return;
            }
            let is_new = || last > self.seen.get(id).copied().unwrap_or(subscription.minimum);
            let is_due = match subscription.due {
                Some(due) => due <= now,
                None => is_new(),
            };
            if is_due && self.busy.insert(id.clone()) {
                let (service, subscription) = (self.service.clone(), subscription.clone());
                sending.spawn(async move { tell(&service, subscription).await });
            }
        }
    }

    /// How long nothing is due.
    fn wait(&self, sending: usize) -> Duration {
        const LONGEST: i64 = 60_000;
        if sending >= AT_ONCE {
            return Duration::from_millis(LONGEST.unsigned_abs());
        }
        let idle = self
            .known
            .values()
            .filter(|each| !self.busy.contains(&each.id));
        let due = idle.filter_map(|each| each.due).min();
        let wait = due.map_or(LONGEST, |due| (due - clock::now()).clamp(1, LONGEST));
        Duration::from_millis(wait.unsigned_abs())
    }

    fn done(&mut self, subscription: Subscription, until: i64) {
        self.busy.remove(&subscription.id);
        self.seen.insert(subscription.id.clone(), until);
        if let Some(known) = self.known.get_mut(&subscription.id) {
            *known = subscription;
        }
    }
}

/// Tells one subscriber what is new, and keeps how that ended. Gives up to when it was asked.
async fn tell(service: &Service, mut subscription: Subscription) -> (Subscription, i64) {
    let until = service.repository.last_recorded();
    let outcome = deliver(service, &mut subscription).await;
    let now = clock::now();
    match &outcome {
        Ok(()) => {
            subscription.attempts = 0;
            subscription.due = next(&subscription, now);
        }
        Err(error) => {
            subscription.attempts += 1;
            let wait = back_off(service, subscription.attempts);
            subscription.due = Some(now + wait);
            let error = error as &dyn std::error::Error;
            let (id, attempts) = (&subscription.id, subscription.attempts);
            tracing::warn!(subscription = %id, attempts, error, "a notification was not taken");
        }
    }
    keep(service, &subscription).await;
    (subscription, until)
}

/// When a subscription is due again; `None` where that is when something becomes visible.
fn next(subscription: &Subscription, now: i64) -> Option<i64> {
    let text = subscription.schedule.as_deref()?;
    let fields = serde_json::from_str(text).ok()?;
    Schedule::read(&fields).ok()?.next(now)
}

fn back_off(service: &Service, attempts: i64) -> i64 {
    let webhooks = &service.config.webhooks;
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(30);
    let wait = webhooks.first_retry.saturating_mul(1 << doublings);
    i64::try_from(wait.min(webhooks.last_retry).as_millis()).unwrap_or(i64::MAX)
}

async fn keep(service: &Service, subscription: &Subscription) {
    let delivery = Delivery {
        minimum: subscription.minimum,
        behind: subscription.behind,
        notified: subscription.notified,
        due: subscription.due,
        attempts: subscription.attempts,
    };
    let kept = service.repository.delivered(&subscription.id, delivery);
    if let Err(error) = kept.await {
        let error = &error as &dyn std::error::Error;
        tracing::error!(error, "how far a subscriber was told could not be kept");
    }
}

/// Sends all that is new, portion by portion; how far the subscriber was told is kept after each.
async fn deliver(service: &Service, subscription: &mut Subscription) -> Result<(), Failed> {
    let caller = service.roll.named(&subscription.partner);
    // A partner that lost the right is told nothing; a configuration that gives it back goes on from here.
    let Some(caller) = caller.filter(|caller| caller.may(Right::Subscribe)) else {
        return Ok(());
    };
    let Some(query) = service.repository.query(&subscription.query).await? else {
        return Ok(());
    };
    let search = search(&query)?;
    let webhooks = &service.config.webhooks;
    let dest = Destination::read(&subscription.dest, webhooks).map_err(WebhookError::from)?;
    let from = Progress {
        minimum: subscription.minimum,
        behind: subscription.behind,
    };
    let bounds = Bounds::of(&service.config.limits);
    let mut feed = Feed::new(&service.repository, (&search, &caller), from, bounds);
    let portion = Portion {
        events: webhooks.events,
        bytes: webhooks.bytes,
    };
    let mut any = false;
    loop {
        let told = feed.next(portion).await?;
        let has_events = !told.events.is_empty();
        let is_report = !any && subscription.report_if_empty && subscription.schedule.is_some();
        if has_events || is_report {
            any = true;
            post(service, (&dest, subscription), told.events).await?;
            subscription.notified = Some(clock::now());
        }
        subscription.minimum = told.progress.minimum;
        subscription.behind = told.progress.behind;
        if told.is_last {
            return Ok(());
        }
        keep(service, subscription).await;
    }
}

/// Sends events, in halves where the receiver says that they are too much.
async fn post(
    service: &Service,
    (dest, subscription): (&Destination, &Subscription),
    events: Vec<crate::repository::Stored>,
) -> Result<(), Failed> {
    let title = Title {
        query: &subscription.query,
        subscription: Some(&subscription.id),
    };
    let form = IdentifierForm::named(&subscription.format).unwrap_or_default();
    let token = subscription.token.as_deref();
    let webhooks = &service.config.webhooks;
    let mut waiting = vec![events];
    while let Some(events) = waiting.pop() {
        let body = Bytes::from(write_json(events.clone(), title, form));
        match send(dest, (body, token), webhooks).await {
            Err(WebhookError::Answered(StatusCode::PAYLOAD_TOO_LARGE)) if events.len() > 1 => {
                let (first, second) = events.split_at(events.len() / 2);
                waiting.push(second.to_vec());
                waiting.push(first.to_vec());
            }
            sent => sent?,
        }
    }
    Ok(())
}
