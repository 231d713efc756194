//! Which buckets are not even asked.

use super::failures::told;
use super::server::key;
use crate::{Bucket, BucketConfig, BucketError};

/// Makes one field wrong.
type Change = fn(&mut BucketConfig);

#[test]
fn a_configuration_that_would_send_in_the_clear_or_leave_its_prefix_is_refused() {
    let good = BucketConfig::new("https://s3.example.org", "eu-central-1", "riverside-vault");
    let with = |change: Change| {
        let mut config = good.clone();
        change(&mut config);
        Bucket::connect(&config, &key())
            .map(drop)
            .map_err(|error| told(&error))
    };
    let changes: [(&str, &[Change]); 4] = [
        (
            "endpoint",
            &[
                |config| config.endpoint = "http://s3.example.org".to_owned(),
                |config| config.endpoint = "http://127.0.0.1.example.org".to_owned(),
                |config| config.endpoint = "https://me:secret@s3.example.org".to_owned(),
                |config| config.endpoint = "https://s3.example.org/folder".to_owned(),
                |config| config.endpoint = "ftp://s3.example.org".to_owned(),
                |config| config.endpoint = "s3.example.org".to_owned(),
                |config| config.endpoint = String::new(),
            ],
        ),
        ("region", &[|config| config.region = String::new()]),
        (
            "bucket",
            &[
                |config| config.bucket = "UPPER".to_owned(),
                |config| config.bucket = "a/b/c".to_owned(),
                |config| config.bucket = "ab".to_owned(),
            ],
        ),
        (
            "prefix",
            &[
                |config| config.prefix = "../other".to_owned(),
                |config| config.prefix = "/node-1".to_owned(),
                |config| config.prefix = "node-1/".to_owned(),
                |config| config.prefix = "node 1".to_owned(),
            ],
        ),
    ];
    for (name, changes) in changes {
        for change in changes {
            let refused = with(*change);
            assert!(
                matches!(refused, Err(BucketError::Config { field, .. }) if field == name),
                "{refused:?}"
            );
        }
    }
    for endpoint in [
        "https://s3.example.org:9000",
        "http://127.0.0.1:9000",
        "http://[::1]:9000",
    ] {
        let mut config = good.clone();
        config.endpoint = endpoint.to_owned();
        Bucket::connect(&config, &key()).expect("right");
    }
}
