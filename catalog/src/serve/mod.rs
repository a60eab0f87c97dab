//! The playground: each error of the five catalogs in a browser, raised on a real socket.
//!
//! The page and its script are embedded: it takes no network, and no Node.

mod described;
mod language;
mod raise;
mod source;
mod storm;

use std::ffi::OsString;
use std::io::{self, Write};
use std::net::Ipv4Addr;

use axum::extract::Request;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use lexopt::prelude::{Long, Short, ValueExt as _};
use tokio::net::TcpListener;
use ws_errors::cli::{Exit, Subcommand};
use ws_errors::language::TranslationError;
use ws_errors::transport::Linger;
use ws_errors::transport::axum::LingeringListener;

/// `serve [--port N]`.
pub(crate) const SERVE: Subcommand =
    Subcommand::new("serve", "shows each error in a browser, raised on a real socket", serve)
        .arguments("[--port N]")
        .invocation("cargo run -p catalog -- serve");

const USAGE: &str = "Usage: catalog serve [--port N]\n\
    \n\
    Serves the playground on 127.0.0.1, on a free port unless one is given, until Ctrl-C.\n";

/// The scripts and styles of the page are its own, and it talks to its own server.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
    img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

fn serve(arguments: Vec<OsString>, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
    let port = match port(arguments) {
        Ok(Some(port)) => port,
        Ok(None) => return write!(out, "{USAGE}").map(|()| Exit::Success),
        Err(error) => return write!(err, "error: {error}\n\n{USAGE}").map(|()| Exit::Usage),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
            Ok(listener) => listener,
            Err(error) => {
                writeln!(err, "error: can't listen on port {port}: {error}")?;
                return Ok(Exit::Failure);
            }
        };
        let address = listener.local_addr()?;
        writeln!(out, "The playground is at http://{address}/ (Ctrl-C ends it)")?;
        out.flush()?;
        let linger = Linger::default();
        let router = router(linger.clone()).map_err(io::Error::other)?;
        axum::serve(LingeringListener::new(listener, linger), router).await?;
        Ok(Exit::Success)
    })
}

/// The port to listen on, 0 for a free one; `None` where help is asked for.
fn port(arguments: Vec<OsString>) -> Result<Option<u16>, lexopt::Error> {
    let mut port = 0;
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("port") => port = parser.value()?.parse()?,
            Long("help") | Short('h') => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some(port))
}

fn router(linger: Linger) -> Result<Router, TranslationError> {
    Ok(Router::new()
        .route("/", get(async || file("text/html", include_str!("page/index.html"))))
        .route(
            "/playground.css",
            get(async || file("text/css", include_str!("page/playground.css"))),
        )
        .route(
            "/playground.js",
            get(async || file("text/javascript", include_str!("page/playground.js"))),
        )
        .route("/catalogs.json", get(async || Json(described::catalogs())))
        .merge(raise::router(linger)?)
        .merge(storm::router())
        .layer(middleware::from_fn(only_this_page)))
}

fn file(of_type: &'static str, text: &'static str) -> impl IntoResponse {
    let of_type = format!("{of_type}; charset=utf-8");
    ([(CONTENT_TYPE, of_type.as_str()), (CONTENT_SECURITY_POLICY, POLICY)], text).into_response()
}

/// Answers this machine's own pages only. A browser sends an `Origin` with each WebSocket handshake, of
/// whichever site asks for it (RFC 6455, section 10.2), and a name that resolves to 127.0.0.1 may be
/// anybody's.
async fn only_this_page(request: Request, next: Next) -> Response {
    if is_ours(request.headers()) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "The playground answers its own page on this machine only.\n")
            .into_response()
    }
}

fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(host) = text(HOST) else { return false };
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let is_here = ["127.0.0.1", "localhost"].contains(&name);
    is_here && (!headers.contains_key(ORIGIN) || text(ORIGIN) == Some(&format!("http://{host}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(host: &'static str, origin: Option<&'static str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.extend([(HOST, host.parse().unwrap())]);
        headers.extend(origin.map(|origin| (ORIGIN, origin.parse().unwrap())));
        headers
    }

    #[test]
    fn only_the_playgrounds_own_page_is_answered() {
        for (host, origin, answered) in [
            ("127.0.0.1:8000", None, true),
            ("127.0.0.1:8000", Some("http://127.0.0.1:8000"), true),
            ("localhost:8000", Some("http://localhost:8000"), true),
            ("127.0.0.1:8000", Some("http://127.0.0.1:9000"), false),
            ("127.0.0.1:8000", Some("https://example.com"), false),
            ("127.0.0.1:8000", Some("null"), false),
            ("rebound.example.com:8000", None, false),
        ] {
            assert_eq!(is_ours(&headers(host, origin)), answered, "{host} {origin:?}");
        }
    }

    #[test]
    fn a_port_is_free_unless_it_is_given() {
        let port = |arguments: &[&str]| port(arguments.iter().map(Into::into).collect());
        assert_eq!(port(&[]).unwrap(), Some(0));
        assert_eq!(port(&["--port", "8080"]).unwrap(), Some(8080));
        assert_eq!(port(&["--help"]).unwrap(), None);
        assert!(port(&["--port", "many"]).is_err());
        assert!(port(&["8080"]).is_err());
    }
}
