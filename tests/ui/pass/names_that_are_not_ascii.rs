//! Names in other languages, as Rust allows them.

use ws_errors::{Envelope, WsError};

struct Anfrage<'größe> {
    schlüssel: &'größe str,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "stoerung",
    rename_all = "SCREAMING_SNAKE_CASE",
    envelope(Anfrage<'_>) = { "schlüssel": cx.schlüssel, "код": code, "文": message, "größe"?: self.größe },
)]
enum Störung {
    #[error("{größe} zu groß")]
    #[ws_error(message = "{größe:é>4} ist zu groß")]
    ZuGroß { größe: u32 },
    #[error("не найдено")]
    #[ws_error(message = "не найдено", set(причина = "нет"))]
    НеНайдено,
}

pub(crate) fn main() {
    let output = Störung::ZuGroß { größe: 7 }.encode(&Anfrage { schlüssel: "a" });
    assert_eq!(
        output.text(),
        Some(r#"{"schlüssel":"a","код":"ZU_GROSS","文":"ééé7 ist zu groß","größe":7}"#)
    );
    assert_eq!(Störung::НеНайдено.entry().name, "НЕ_НАЙДЕНО");
}
