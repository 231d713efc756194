//! State sync over the engine's peer-to-peer actor.
//!
//! That actor takes databases whose operations decode without settings, which those of a database
//! with values of variable size do not. [`Operation`] fixes the settings, [`Served`] is the database
//! as peers read it and [`Resolver`] the peers as the database reads them.

use super::{Database, StateDatabase, Value, database::Key};
use bytes::BufMut;
use commonware_codec::{Buf, EncodeSize, Error, Read, Write};
use commonware_cryptography::sha256::Digest;
use commonware_glue::stateful::db::{AttachableResolver, Shared, p2p::Mailbox};
use commonware_runtime::{Clock, Metrics, Spawner, Storage};
use commonware_storage::{
    mmr,
    qmdb::{
        any::ordered::variable,
        sync::{Feedback, Request, Response, Source, source},
    },
};
use commonware_utils::channel::{mpsc, oneshot};
use std::{future::Future, pin::Pin, sync::Arc};

type EngineOperation = variable::Operation<mmr::Family, Key, Value>;

/// An operation of the state database on the wire.
#[derive(Clone)]
pub struct Operation(EngineOperation);

impl Write for Operation {
    fn write(&self, buf: &mut impl BufMut) {
        self.0.write(buf);
    }
}

impl EncodeSize for Operation {
    fn encode_size(&self) -> usize {
        self.0.encode_size()
    }
}

impl Read for Operation {
    type Cfg = ();

    fn read_cfg(buf: &mut impl Buf, (): &()) -> Result<Self, Error> {
        EngineOperation::read_cfg(buf, &((), ())).map(Self)
    }
}

/// What a runtime must offer to serve state.
pub trait Runtime: Spawner + Storage + Clock + Metrics {}
impl<E: Spawner + Storage + Clock + Metrics> Runtime for E {}

/// The database as peers read it.
pub struct Served<E: Runtime>(Database<E>);

impl<E: Runtime> Source for Served<E> {
    type Family = mmr::Family;
    type Digest = Digest;
    type Op = Operation;
    type Error = <Database<E> as Source>::Error;

    async fn serve(&self, request: Request<mmr::Family>) -> source::Result<Self> {
        let (response, _) = self.0.serve(request).await?;
        Ok((map(response, Operation), None))
    }
}

/// Starts a task; the runtime's.
pub type Spawn = Arc<dyn Fn(Pin<Box<dyn Future<Output = ()> + Send>>) + Send + Sync>;

type Peers<E> = Mailbox<Served<E>, mmr::Family, Operation, Digest>;

/// The peers as the database reads them.
pub struct Resolver<E: Runtime> {
    peers: Peers<E>,
    spawn: Spawn,
}

impl<E: Runtime> Clone for Resolver<E> {
    fn clone(&self) -> Self {
        Self {
            peers: self.peers.clone(),
            spawn: self.spawn.clone(),
        }
    }
}

impl<E: Runtime> Resolver<E> {
    /// Reads from `peers`; verdicts on what they sent are passed back by tasks of `spawn`.
    pub fn new(peers: Peers<E>, spawn: Spawn) -> Self {
        Self { peers, spawn }
    }
}

impl<E: Runtime> Source for Resolver<E> {
    type Family = mmr::Family;
    type Digest = Digest;
    type Op = EngineOperation;
    type Error = <Peers<E> as Source>::Error;

    async fn serve(&self, request: Request<mmr::Family>) -> source::Result<Self> {
        let (response, feedback) = self.peers.serve(request).await?;
        let feedback = feedback.map(|feedback| {
            let (verdict, verdicts) = oneshot::channel();
            let (responses, receiver) = mpsc::channel(1);
            (self.spawn)(Box::pin(pass_back(feedback, verdicts, responses)));
            Feedback::new(verdict, receiver)
        });
        Ok((map(response, |operation| operation.0), feedback))
    }
}

impl<E: Runtime> AttachableResolver<StateDatabase<E>> for Resolver<E> {
    async fn attach_database(&self, database: Shared<StateDatabase<E>>) {
        self.peers
            .attach_database(Shared::new("served_state", Served(database)));
    }
}

type Wire = Response<mmr::Family, Operation, Digest>;
type Decoded = Response<mmr::Family, EngineOperation, Digest>;

/// Hands each verdict to the peers and their next answer to the database, until one is accepted or
/// either side goes.
async fn pass_back(
    mut feedback: Feedback<Wire>,
    mut verdicts: oneshot::Receiver<bool>,
    responses: mpsc::Sender<(Decoded, oneshot::Sender<bool>)>,
) {
    loop {
        match verdicts.await {
            Ok(true) => return feedback.accept(),
            Ok(false) => {}
            Err(_) => return,
        }
        let Some((response, next)) = feedback.reject().await else {
            return;
        };
        feedback = next;
        let (verdict, receiver) = oneshot::channel();
        verdicts = receiver;
        let response = map(response, |operation| operation.0);
        if responses.send((response, verdict)).await.is_err() {
            return;
        }
    }
}

fn map<A, B>(
    response: Response<mmr::Family, A, Digest>,
    mut each: impl FnMut(A) -> B,
) -> Response<mmr::Family, B, Digest> {
    match response {
        Response::Operations { proof, operations } => Response::Operations {
            proof,
            operations: operations.into_iter().map(each).collect(),
        },
        Response::Boundary {
            proof,
            op,
            pinned_nodes,
        } => Response::Boundary {
            proof,
            op: each(op),
            pinned_nodes,
        },
    }
}
