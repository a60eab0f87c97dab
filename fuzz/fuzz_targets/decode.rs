//! Whatever a peer sends, each decoder answers, and never panics.
#![no_main]

use std::sync::LazyLock;

use catalog::{ChatError, InstantError, MateriError, MeteredError, RoomsError};
use libfuzzer_sys::fuzz_target;
use ws_errors::{Decoder, WsError};

static DECODERS: LazyLock<Vec<Decoder>> = LazyLock::new(|| {
    let catalogs = [
        ChatError::catalog(),
        InstantError::catalog(),
        MateriError::catalog(),
        MeteredError::catalog(),
        RoomsError::catalog(),
    ];
    let both = |catalog| [Decoder::new(catalog), Decoder::new(catalog).checking_types()];
    catalogs.into_iter().flat_map(both).collect()
});

fuzz_target!(|bytes: &[u8]| {
    for decoder in DECODERS.iter() {
        let _ = decoder.decode_binary(bytes);
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let _ = (decoder.decode(text), decoder.decode_all(text));
        let code = bytes.first().map_or(1000, |first| 4000 + u16::from(*first));
        let _ = decoder.closed(code, text);
    }
});
