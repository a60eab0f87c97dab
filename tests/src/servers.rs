//! Small servers on loopback and a free port, one for each library, that raise errors on demand.

pub mod tungstenite;
