//! What real systems speak: sixteen public catalogs, each one enum, against their own facts.
//!
//! `world/*.json` holds the facts: names, codes, close codes, deliveries, and the frames that the
//! systems' documentation and tests show.

#![allow(missing_docs, reason = "the catalogs are documented where they are public")]
#![cfg_attr(not(test), allow(unused_imports, reason = "the tests of the catalogs use them"))]
#![allow(
    dead_code,
    reason = "each enum is a whole catalog, and the examples are few of its errors"
)]

mod assemblyai_streaming;
mod centrifugo;
mod discord_gateway;
mod graphql_transport_ws;
mod home_assistant;
mod json_rpc_2_0;
mod liveblocks;
mod nats_websocket;
mod nostr;
mod ocpp_j_1_6;
mod openai_realtime;
mod phoenix_channels;
mod pusher_channels;
mod signalr;
mod twitch_eventsub;
mod wamp_v2;

use serde_json::{Value, json};
use ws_errors::catalog::{Catalog, Entry};
use ws_errors::{Envelope, Output, WsError};

/// One of the sixteen.
#[derive(Debug)]
pub struct System {
    /// The facts, as JSON.
    pub facts: &'static str,
    /// What was declared.
    pub catalog: &'static Catalog,
    /// An occurrence for each frame and close of the facts.
    pub examples: Vec<Example>,
}

/// An occurrence, what is sent for it, and what a client should read.
#[derive(Debug)]
pub struct Example {
    /// What occurred.
    pub entry: &'static Entry,
    /// What is sent.
    pub output: Output,
    /// The name of the context's type.
    pub context: &'static str,
    /// The fields that a client reads.
    pub fields: Value,
    /// The values of the context that a client reads.
    pub context_values: Value,
}

/// What is sent for an error in a context, and what of it should come back.
fn example<E: Envelope<Cx>, Cx>(error: &E, cx: &Cx, fields: Value, context: Value) -> Example {
    let (catalog, index) = error.context();
    Example {
        entry: error.entry(),
        output: error.encode(cx),
        context: catalog.contexts[index].name,
        fields,
        context_values: context,
    }
}

/// The same of an error without values in the context without values.
fn bare<E: Envelope<()>>(error: &E) -> Example {
    example(error, &(), json!({}), json!({}))
}

fn system<E: WsError>(facts: &'static str, examples: Vec<Example>) -> System {
    System { facts, catalog: E::catalog(), examples }
}

/// All of them, in the order of their names.
pub fn systems() -> Vec<System> {
    vec![
        assemblyai_streaming::system(),
        centrifugo::system(),
        discord_gateway::system(),
        graphql_transport_ws::system(),
        home_assistant::system(),
        json_rpc_2_0::system(),
        liveblocks::system(),
        nats_websocket::system(),
        nostr::system(),
        ocpp_j_1_6::system(),
        openai_realtime::system(),
        phoenix_channels::system(),
        pusher_channels::system(),
        signalr::system(),
        twitch_eventsub::system(),
        wamp_v2::system(),
    ]
}

impl System {
    /// The facts.
    ///
    /// # Panics
    /// Panics where they are no JSON.
    pub fn facts(&self) -> Value {
        serde_json::from_str(self.facts).expect("facts")
    }

    /// What the system is called.
    ///
    /// # Panics
    /// Panics where the facts don't say it.
    pub fn name(&self) -> String {
        self.facts()["system"].as_str().expect("a name").to_owned()
    }
}
