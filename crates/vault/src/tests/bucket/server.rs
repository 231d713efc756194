//! An S3 server of this process on a free port of loopback; it can be stopped, come back, be silent and lose requests.

use crate::{Bucket, BucketConfig, BucketKey};
use bytes::Bytes;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{Body, HttpError, HttpResponse};
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

const BUCKET: &str = "riverside-vault";
const KEY: &str = "AKIDRIVERSIDE";
const SECRET: &str = "secret-of-riverside";

/// What the server does besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// Nothing.
    Honest,
    /// Tells a version of what it takes, as a bucket with versioning does.
    Versions,
    /// Takes requests and never answers.
    Silent,
    /// Fails the third part of what is put in parts.
    LosesParts,
    /// Gives back more than the range that was asked for.
    GivesMore,
}

/// The server and its files.
pub(super) struct Server {
    address: SocketAddr,
    files: TempDir,
    runtime: Option<Runtime>,
    manner: Arc<Mutex<Manner>>,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(super) fn start() -> Self {
        let files = TempDir::new().expect("a directory");
        std::fs::create_dir(files.path().join(BUCKET)).expect("a bucket");
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let mut server = Self {
            address: free.local_addr().expect("bound"),
            files,
            runtime: None,
            manner: Arc::new(Mutex::new(Manner::Honest)),
            seen: Arc::default(),
        };
        server.serve(free);
        server
    }

    /// Ends the server and its connections; the files stay.
    pub(super) fn stop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(Duration::from_secs(5));
        }
    }

    /// Serves the same files at the same address again.
    pub(super) fn come_back(&mut self) {
        let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
        socket.set_reuseaddr(true).expect("is set");
        socket.bind(self.address).expect("the port is free again");
        let runtime = Builder::new_current_thread().enable_all().build();
        let _inside = runtime.as_ref().expect("a runtime").enter();
        let listener = socket.listen(64).expect("listens").into_std();
        self.serve(listener.expect("a listener"));
    }

    pub(super) fn behave(&self, manner: Manner) {
        *self.manner.lock().expect("not poisoned") = manner;
    }

    /// Methods and queries of the requests that came.
    pub(super) fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("not poisoned").clone()
    }

    pub(super) fn config(&self, prefix: &str) -> BucketConfig {
        let endpoint = format!("http://{}", self.address);
        BucketConfig::new(endpoint, "eu-central-1", BUCKET).with_prefix(prefix)
    }

    pub(super) fn bucket(&self, prefix: &str) -> Bucket {
        Bucket::connect(&self.config(prefix), &key()).expect("configured")
    }

    /// Parts of files that were not completed.
    pub(super) fn parts(&self) -> usize {
        let entries = std::fs::read_dir(self.files.path()).expect("a folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        names
            .filter(|name| name.to_string_lossy().contains(".part-"))
            .count()
    }

    /// The files of the bucket.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![self.files.path().join(BUCKET)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push(path);
                }
            }
        }
        files
    }

    fn serve(&mut self, listener: TcpListener) {
        let files = s3s_fs::FileSystem::new(self.files.path()).expect("a folder");
        let mut service = S3ServiceBuilder::new(files);
        service.set_auth(SimpleAuth::from_single(KEY, SECRET));
        let service = service.build();
        let (manner, seen) = (self.manner.clone(), self.seen.clone());
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        listener.set_nonblocking(true).expect("is set");
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            while let Ok((socket, _)) = listener.accept().await {
                let (service, manner, seen) = (service.clone(), manner.clone(), seen.clone());
                let answer = move |request: Request<Incoming>| {
                    let manner = *manner.lock().expect("not poisoned");
                    let query = request.uri().query().unwrap_or_default();
                    let line = format!("{} {query}", request.method());
                    seen.lock().expect("not poisoned").push(line);
                    answer(service.clone(), manner, request)
                };
                let connection = http1::Builder::new()
                    .serve_connection(TokioIo::new(socket), service_fn(answer));
                tokio::spawn(connection);
            }
        });
        self.runtime = Some(runtime);
    }
}

async fn answer(
    service: S3Service,
    manner: Manner,
    request: Request<Incoming>,
) -> Result<HttpResponse, HttpError> {
    let query = request.uri().query().unwrap_or_default().to_owned();
    let mut code = None;
    let mut version = false;
    let mut more = false;
    match manner {
        Manner::Honest => {}
        Manner::Versions => version = matches!(*request.method(), Method::PUT | Method::POST),
        Manner::Silent => std::future::pending().await,
        Manner::LosesParts if query.contains("partNumber=3") => code = Some(500),
        Manner::LosesParts => {}
        Manner::GivesMore => more = true,
    }
    let mut response = service.call(request.map(Body::from)).await?;
    if more {
        let body = Body::from(Bytes::from(vec![0; 10_000]));
        response.headers_mut().remove("content-length");
        response = response.map(|_| body);
    }
    if version {
        let value = "3HL4kqtJvjVBH40Nrjfkd".parse().expect("a header");
        response.headers_mut().insert("x-amz-version-id", value);
    }
    if let Some(code) = code {
        *response.status_mut() = code.try_into().expect("a status");
    }
    Ok(response)
}

pub(super) fn key() -> BucketKey {
    BucketKey {
        id: KEY.to_owned(),
        secret: SECRET.to_owned().into(),
    }
}
