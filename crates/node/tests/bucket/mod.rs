//! An S3 server on a free port of loopback, with the configuration of a node that uses it.

use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use serde_json::json;
use std::{
    fs,
    net::SocketAddr,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};
use tokio::{
    net::TcpListener,
    runtime::{Builder, Runtime},
};

const BUCKET: &str = "riverside-vault";
const PREFIX: &str = "hospitals/node-1";

/// The server and its files.
pub(crate) struct Bucket {
    address: SocketAddr,
    files: tempfile::TempDir,
    _runtime: Runtime,
}

impl Bucket {
    /// Serves an empty bucket.
    pub(crate) fn start() -> Self {
        let files = tempfile::tempdir().expect("a temporary directory");
        fs::create_dir(files.path().join(BUCKET)).expect("a bucket");
        let system = s3s_fs::FileSystem::new(files.path()).expect("a folder");
        let mut service = S3ServiceBuilder::new(system);
        service.set_auth(SimpleAuth::from_single("AKIDRIVERSIDE", "hush"));
        let service = service.build();
        let mut runtime = Builder::new_multi_thread();
        let runtime = runtime.worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a runtime");
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"));
        let listener = listener.expect("a free port");
        let address = listener.local_addr().expect("bound");
        runtime.spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let connection = http1::Builder::new();
                let connection = connection.serve_connection(TokioIo::new(socket), service.clone());
                tokio::spawn(connection);
            }
        });
        Self {
            address,
            files,
            _runtime: runtime,
        }
    }

    /// Writes what a node in this folder needs to keep its vault here.
    pub(crate) fn configure(&self, folder: &Path) {
        let key = folder.join("bucket.key");
        let lines = "AWS_ACCESS_KEY_ID=AKIDRIVERSIDE\nAWS_SECRET_ACCESS_KEY=hush\n";
        fs::write(&key, lines).expect("written");
        fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).expect("set");
        let configuration = json!({
            "version": 1,
            "endpoint": format!("http://{}", self.address),
            "region": "eu-central-1",
            "bucket": BUCKET,
            "prefix": PREFIX,
            "keyFile": key,
        });
        fs::write(folder.join("bucket.json"), configuration.to_string()).expect("written");
    }

    /// What lies below the node's prefix.
    pub(crate) fn folder(&self) -> PathBuf {
        self.files.path().join(BUCKET).join(PREFIX)
    }
}
