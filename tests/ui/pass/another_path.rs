//! The runtime under another name, by each kind of path.

mod facade {
    pub mod deep {
        pub use ws_errors::*;
        #[doc(hidden)]
        pub use ws_errors::__private;
    }
}

use facade::deep as short;
use short::Envelope as _;

macro_rules! failures {
    ($($name:ident = $path:path;)*) => { $(
        #[derive(Debug, thiserror::Error, facade::deep::WsError)]
        #[ws_error(crate = $path, envelope = { "code": code, "room"?: self.room })]
        enum $name {
            #[error("gone")]
            Gone { room: u32 },
        }
    )* };
}
failures! {
    Crate = crate::another_path::facade::deep;
    Relative = facade::deep;
    Itself = self::facade::deep;
    Short = short;
    Global = ::ws_errors;
}

mod inside {
    #[derive(Debug, thiserror::Error, super::short::WsError)]
    #[ws_error(crate = super::short, envelope = { "code": code })]
    pub enum Failure {
        #[error("gone")]
        Gone,
    }
}

pub(crate) fn main() {
    use ws_errors as local;

    #[derive(Debug, thiserror::Error, local::WsError)]
    #[ws_error(crate = local, envelope = { "code": code })]
    enum Local {
        #[error("gone")]
        Gone,
    }

    assert_eq!(Crate::Gone { room: 1 }.encode(&()).text(), Some(r#"{"code":"Gone","room":1}"#));
    let _ = (Relative::Gone { room: 1 }, Itself::Gone { room: 1 }, Short::Gone { room: 1 });
    let _ = (Global::Gone { room: 1 }, inside::Failure::Gone.encode(&()), Local::Gone.encode(&()));
}
