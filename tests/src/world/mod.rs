//! What real systems speak: sixteen public catalogs, each one enum.
//!
//! The JSON beside each holds the facts: names, codes, close codes, deliveries, and the frames that
//! the system's documentation and tests show.

#![expect(
    dead_code,
    reason = "each enum is a whole catalog, and the examples are few of its errors"
)]
#![cfg_attr(
    not(test),
    expect(unused_imports, reason = "what is peculiar to a system is tested beside it")
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
    /// Names, codes, close codes, deliveries and frames, as JSON.
    pub facts: &'static str,
    /// What is declared.
    pub catalog: &'static Catalog,
    /// A few of its errors.
    pub examples: Vec<Example>,
}

/// An occurrence, what is sent for it, and what a client should read.
#[derive(Debug)]
pub struct Example {
    /// Which error.
    pub entry: &'static Entry,
    /// What is sent.
    pub output: Output,
    /// The name of the context's type.
    pub context: &'static str,
    /// The fields that a client reads.
    pub fields: Value,
    /// What it reads of the context.
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

/// All sixteen, in the order of their names.
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
    /// [`facts`](Self::facts), read.
    pub fn facts(&self) -> Value {
        serde_json::from_str(self.facts).unwrap()
    }

    /// What the system is called.
    pub fn name(&self) -> String {
        self.facts()["system"].as_str().unwrap().to_owned()
    }
}
