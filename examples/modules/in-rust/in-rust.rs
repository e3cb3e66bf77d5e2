#![no_std]

#[path = "viewerhost.rs"]
mod viewerhost;

use viewerhost::{Decision, Mask};

viewerhost::manifest!(
    r#"{
      "kind": "redactor",
      "name": "in-rust",
      "version": "1.0.0",
      "reads": ["user.device.ip_address"]
    }"#
);

/// `Pass` lets the event go on as it is then, `Drop` drops it. After `viewerhost::fail` it goes to quarantine.
fn redact() -> Decision {
    viewerhost::mask_field("data.ip", Mask::Ip);
    Decision::Pass
}
