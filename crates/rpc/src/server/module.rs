//! Registers the table of methods with jsonrpsee.

use std::sync::Arc;

use jsonrpsee::{
    Extensions, RpcModule,
    server::Methods,
    types::{ErrorObjectOwned, Params},
};
use serde_json::value::RawValue;

use crate::{
    METHODS,
    methods::{Call, Kind},
    params::Arguments,
    read::Caller,
    service::Service,
    subscribe,
};

const KNOWN: &str = "the table names each method once";

/// All methods of the table.
pub(super) fn methods(service: Arc<Service>) -> Methods {
    let mut module = RpcModule::from_arc(service);
    for method in METHODS {
        match method.kind {
            Kind::Answer(handler) => {
                let handle = move |params: Params<'static>,
                                   service: Arc<Service>,
                                   extensions: Extensions| async move {
                    let caller = *extensions
                        .get::<Caller>()
                        .expect("the gate notes every caller");
                    let call = Call {
                        service,
                        caller,
                        arguments: Arguments::new(&params)?,
                    };
                    handler(call).await.map_err(ErrorObjectOwned::from) as Result<Box<RawValue>, _>
                };
                module
                    .register_async_method(method.name, handle)
                    .expect(KNOWN);
            }
            Kind::Subscribe => {
                module
                    .register_subscription(
                        method.name,
                        "eth_subscription",
                        "eth_unsubscribe",
                        subscribe::run,
                    )
                    .expect(KNOWN);
            }
            // Registered with its counterpart.
            Kind::Unsubscribe => {}
        }
    }
    module.into()
}
