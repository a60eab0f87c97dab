//! A shop over HTTP and WebSockets, for the tests of clients; and beside it the exceptions of `instant`,
//! and the paths of `rooms` that there are not, in the language that a request asks for.
//!
//! `shop export DIR` writes what clients take of its catalog. `shop` serves until its input ends, ten
//! minutes at most, and prints the ports as JSON: of axum, of tokio-tungstenite, and of both as people
//! write them, who accept, send, close and drop.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path as FilePath;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message as AxumMessage, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::http::header::ACCESS_CONTROL_ALLOW_ORIGIN;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use axum::{Extension, Router};
use catalog::rooms::Meta;
use catalog::{InstantError, RoomsError};
use futures_util::{SinkExt, StreamExt};
use tests::occurrences;
use tests::shop::ShopError;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server;
use ws_errors::export::{Format, artefacts};
use ws_errors::language::fluent::Messages;
use ws_errors::transport::axum::{Handshake, LingeringListener, messages as axum_messages};
use ws_errors::transport::tungstenite::{accept, messages};
use ws_errors::transport::{Linger, LingeringStream};
use ws_errors::{Envelope, WsError, http};

/// How long it serves at most.
const LONGEST: Duration = Duration::from_secs(600);

/// An error by its name.
fn error(name: &str) -> Option<ShopError> {
    Some(match name {
        "sold_out" => ShopError::SoldOut { item: "tea".into(), left: 0 },
        "too_many" => ShopError::TooMany { retry_after: Some(2500) },
        "overloaded" => ShopError::Overloaded,
        "bad_origin" => ShopError::BadOrigin { origin: "https://other.example".into() },
        "invalid_token" => ShopError::InvalidToken,
        "forbidden" => ShopError::Forbidden { shop: "tea".into() },
        "unhandled" => ShopError::Unhandled("10.0.0.7 is down".into()),
        _ => return None,
    })
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["export", folder] => export(FilePath::new(folder)),
        [] => serve().await,
        _ => Err(io::Error::other("usage: shop [export DIR]")),
    }
}

fn export(folder: &FilePath) -> io::Result<()> {
    let failed = |errors: Vec<ws_errors::export::ExportError>| {
        io::Error::other(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    };
    let catalogs = [ShopError::catalog(), RoomsError::catalog(), InstantError::catalog()];
    for artefact in artefacts(&catalogs, Format::ALL).map_err(failed)? {
        artefact.write(folder)?;
    }
    Ok(())
}

async fn serve() -> io::Result<()> {
    let linger = Linger::default();
    let messages = Arc::new(translations().map_err(io::Error::other)?);
    let [axum, tungstenite, naive_axum, naive_tungstenite] =
        [bind().await?, bind().await?, bind().await?, bind().await?];
    let port = |listener: &TcpListener| listener.local_addr().map(|address| address.port());
    println!(
        r#"{{"axum":{},"tungstenite":{},"naive_axum":{},"naive_tungstenite":{}}}"#,
        port(&axum)?,
        port(&tungstenite)?,
        port(&naive_axum)?,
        port(&naive_tungstenite)?,
    );
    let of_axum = async {
        let listener = LingeringListener::new(axum, linger.clone());
        axum::serve(listener, router(linger.clone(), messages)).await
    };
    let naive = Router::new().route("/ws/{kind}", any(naively_of_axum));
    let mut input = tokio::io::stdin();
    let mut byte = [0];
    tokio::select! {
        served = of_axum => served,
        served = axum::serve(naive_axum, naive).into_future() => served,
        served = of_tungstenite(tungstenite, linger.clone()) => served,
        served = naively_of_tungstenite(naive_tungstenite) => served,
        _ = input.read(&mut byte) => Ok(()),
        () = tokio::time::sleep(LONGEST) => Ok(()),
    }
}

/// The messages of the catalogs, in the languages that there are.
fn translations() -> Result<Messages, String> {
    let catalogs = [InstantError::catalog(), RoomsError::catalog()];
    Messages::load(tests::locales(), &catalogs)
        .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

async fn bind() -> io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await
}

fn router(linger: Linger, messages: Arc<Messages>) -> Router {
    Router::new()
        .route("/hidden/{kind}", get(async |Path(kind): Path<String>| answer(&kind, false)))
        .route("/exposed/{kind}", get(async |Path(kind): Path<String>| answer(&kind, true)))
        .route("/instant/{kind}", get(instant))
        .route("/ws/{kind}", any(handshake))
        .fallback(unsupported)
        .layer(Extension(messages))
        .with_state(linger)
}

/// An error over HTTP, for pages of other origins.
fn answer(kind: &str, exposed: bool) -> Response {
    let result = error(kind).map_or(Ok("welcome"), Err);
    let mut response = result.map_err(http::Response::from).into_response();
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    if exposed {
        http::expose(headers);
    }
    response
}

/// An exception of `instant` in the language that the request asks for, for pages of other origins.
async fn instant(
    Path(name): Path<String>,
    headers: HeaderMap,
    Extension(messages): Extension<Arc<Messages>>,
) -> Response {
    let Some(error) = occurrences::instant().into_iter().find(|one| one.entry().name == name)
    else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let language = messages.negotiate(&http::accept_language(&headers));
    let request = http::Request { language: Some(&language), ..http::Request::default() };
    let mut response = http::report(&error, &request).into_response();
    let any = HeaderValue::from_static("*");
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, any);
    response
}

async fn handshake(
    handshake: Handshake,
    Path(kind): Path<String>,
    State(linger): State<Linger>,
) -> Response {
    if let Some(error) = error(&kind) {
        return handshake.refuse(&error, &(), &linger);
    }
    match handshake.upgrade(|_, why| ShopError::BadHandshake { why }) {
        Ok(upgrade) => upgrade.on_upgrade(echo),
        Err(response) => response,
    }
}

/// R4: there is no WebSocket at this path.
async fn unsupported(
    handshake: Handshake,
    uri: Uri,
    State(linger): State<Linger>,
    Extension(messages): Extension<Arc<Messages>>,
) -> Response {
    let error = RoomsError::UnsupportedPath { path: uri.path().to_owned() };
    let language = messages.negotiate(&http::accept_language(handshake.headers()));
    let request = http::Request { language: Some(&language), ..http::Request::default() };
    handshake.refuse_with(&error, &Meta::default(), &request, &linger)
}

async fn echo(mut socket: WebSocket) {
    while let Some(Ok(message)) = socket.recv().await {
        if socket.send(message).await.is_err() {
            return;
        }
    }
}

/// As people write it.
async fn naively_of_axum(upgrade: WebSocketUpgrade, Path(kind): Path<String>) -> Response {
    upgrade.on_upgrade(async move |mut socket| {
        let Some(error) = error(&kind) else { return };
        for message in axum_messages(error.encode(&())) {
            let sent: Result<(), _> = SinkExt::<AxumMessage>::send(&mut socket, message).await;
            if sent.is_err() {
                return;
            }
        }
    })
}

async fn of_tungstenite(listener: TcpListener, linger: Linger) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let linger = linger.clone();
        tokio::spawn(async move {
            let stream = LingeringStream::new(stream, linger.clone());
            let admit = |request: &server::Request, _: &mut server::Response| {
                let kind = request.uri().path().trim_start_matches("/ws/").to_owned();
                error(&kind).map_or(Ok(()), Err)
            };
            if let Ok(mut socket) = accept(stream, None, admit, &(), &linger).await {
                while let Some(Ok(message)) = socket.next().await {
                    if message.is_close() || socket.send(message).await.is_err() {
                        return;
                    }
                }
            }
        });
    }
}

async fn naively_of_tungstenite(listener: TcpListener) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        tokio::spawn(refuse_naively(stream));
    }
}

async fn refuse_naively(stream: TcpStream) {
    let Ok(mut socket) = tokio_tungstenite::accept_async(stream).await else { return };
    let error = ShopError::Forbidden { shop: "tea".into() };
    for message in messages(error.encode(&())) {
        let sent: Result<(), _> = SinkExt::<Message>::send(&mut socket, message).await;
        if sent.is_err() {
            return;
        }
    }
}
