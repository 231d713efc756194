//! GS1 EPCIS 2.0 and CBV 2.0: what happened to which things, when, where and why.
