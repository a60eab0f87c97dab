//! What lies between clients and server: nothing, TLS, or a proxy.

use std::fmt::Write as _;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path as FilePath, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tests::servers::tls::Identity;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

/// How long a proxy may take to start, on a machine that is busy. One that ends is seen at once.
const PATIENCE: Duration = Duration::from_secs(60);

/// What lies between clients and server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Path {
    proxy: Option<Proxy>,
    /// Whether the client speaks TLS; to the proxy, where there is one.
    pub(crate) tls: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Proxy {
    Nginx,
    Haproxy,
    Caddy,
}

impl Path {
    pub(crate) const ALL: [Self; 8] = [
        Self { proxy: None, tls: false },
        Self { proxy: None, tls: true },
        Self { proxy: Some(Proxy::Nginx), tls: false },
        Self { proxy: Some(Proxy::Nginx), tls: true },
        Self { proxy: Some(Proxy::Haproxy), tls: false },
        Self { proxy: Some(Proxy::Haproxy), tls: true },
        Self { proxy: Some(Proxy::Caddy), tls: false },
        Self { proxy: Some(Proxy::Caddy), tls: true },
    ];

    pub(crate) const fn name(self) -> &'static str {
        match (self.proxy, self.tls) {
            (None, false) => "direct",
            (None, true) => "tls",
            (Some(Proxy::Nginx), false) => "nginx",
            (Some(Proxy::Nginx), true) => "nginx+tls",
            (Some(Proxy::Haproxy), false) => "haproxy",
            (Some(Proxy::Haproxy), true) => "haproxy+tls",
            (Some(Proxy::Caddy), false) => "caddy",
            (Some(Proxy::Caddy), true) => "caddy+tls",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|path| path.name() == name)
    }

    /// Whether it is the server itself that speaks TLS.
    pub(crate) const fn server_speaks_tls(self) -> bool {
        self.tls && self.proxy.is_none()
    }

    pub(crate) const fn is_direct(self) -> bool {
        self.proxy.is_none() && !self.tls
    }

    /// Opens the way to a server.
    pub(crate) async fn open(self, server: SocketAddr, identity: &Identity) -> io::Result<Way> {
        let scheme = if self.tls { "wss" } else { "ws" };
        let Some(proxy) = self.proxy else {
            return Ok(Way { url: format!("{scheme}://{server}/"), _running: None });
        };
        let running = proxy.start(server, self.tls.then_some(identity)).await?;
        Ok(Way { url: format!("{scheme}://{}/", running.address), _running: Some(running) })
    }
}

/// The way to a server, which closes when this is dropped.
pub(crate) struct Way {
    pub(crate) url: String,
    _running: Option<Running>,
}

/// A proxy, which ends when this is dropped.
struct Running {
    address: SocketAddr,
    folder: PathBuf,
    child: Child,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It is our own child, whether it has ended by itself or not.
        let _ = self.child.start_kill();
        while let Ok(None) = self.child.try_wait() {
            std::thread::yield_now();
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Proxy {
    async fn start(self, server: SocketAddr, tls: Option<&Identity>) -> io::Result<Running> {
        let address = free_address().await?;
        let name = format!("ws-errors-proxy-{}-{}", std::process::id(), address.port());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder)?;
        if let Some(identity) = tls {
            let (certificate, key) = identity.pem();
            std::fs::write(folder.join("certificate.pem"), &certificate)?;
            std::fs::write(folder.join("key.pem"), &key)?;
            std::fs::write(folder.join("both.pem"), certificate + &key)?;
        }
        let file = folder.join("configuration");
        let is_tls = tls.is_some();
        let mut command = match self {
            Self::Nginx => {
                std::fs::write(&file, nginx(address, server, &folder, is_tls))?;
                let mut command = Command::new("/usr/sbin/nginx");
                command.arg("-p").arg(&folder).arg("-c").arg(&file).args(["-e", "stderr"]);
                command
            }
            Self::Haproxy => {
                std::fs::write(&file, haproxy(address, server, &folder, is_tls))?;
                let mut command = Command::new("/usr/sbin/haproxy");
                command.args(["-db", "-f"]).arg(&file);
                command
            }
            Self::Caddy => {
                std::fs::write(&file, caddy(address, server, &folder, is_tls))?;
                let mut command = Command::new("/usr/bin/caddy");
                command.args(["run", "--adapter", "caddyfile", "--config"]).arg(&file);
                command.env("HOME", &folder).env("XDG_DATA_HOME", &folder);
                command
            }
        };
        let output = folder.join("output");
        let log = std::fs::File::create(&output)?;
        let child = command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| {
                io::Error::other(format!("can't start {self:?}: {error}; run tests/sockets/setup"))
            })?;
        let mut running = Running { address, folder, child };
        match timeout(PATIENCE, running.listens()).await {
            Ok(true) => Ok(running),
            Ok(false) | Err(_) => {
                let said = std::fs::read_to_string(&output).unwrap_or_default();
                Err(io::Error::other(format!("{self:?} does not listen on {address}: {said}")))
            }
        }
    }
}

impl Running {
    /// Waits until it accepts; whether it will.
    async fn listens(&mut self) -> bool {
        while TcpStream::connect(self.address).await.is_err() {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return false;
            }
            sleep(Duration::from_millis(10)).await;
        }
        true
    }
}

/// An address that nobody listens on. It is below the range from which the system gives ports to
/// connections, so none of these takes it before the proxy does.
async fn free_address() -> io::Result<SocketAddr> {
    const FIRST: u16 = 10_000;
    const NUMBER: u32 = 20_000;
    let start = std::process::id().wrapping_mul(97);
    for offset in 0..NUMBER {
        let port = FIRST + (start.wrapping_add(offset) % NUMBER) as u16;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        if TcpListener::bind(address).await.is_ok() {
            return Ok(address);
        }
    }
    Err(io::ErrorKind::AddrInUse.into())
}

fn nginx(address: SocketAddr, server: SocketAddr, folder: &FilePath, is_tls: bool) -> String {
    let folder = folder.display();
    let mut written = format!(
        "daemon off;\nmaster_process off;\npid {folder}/pid;\n\
         events {{ worker_connections 4096; }}\n\
         http {{\naccess_log off;\n"
    );
    for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"] {
        // Written to a string, which takes everything.
        let _ = writeln!(written, "{kind}_temp_path {folder}/{kind};");
    }
    let ssl = if is_tls { " ssl" } else { "" };
    let _ = writeln!(written, "server {{\nlisten {address}{ssl};");
    if is_tls {
        let _ = writeln!(
            written,
            "ssl_certificate {folder}/certificate.pem;\nssl_certificate_key {folder}/key.pem;"
        );
    }
    let _ = writeln!(
        written,
        "location / {{\nproxy_pass http://{server};\nproxy_http_version 1.1;\n\
         proxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection upgrade;\n\
         proxy_read_timeout 60s;\n}}\n}}\n}}"
    );
    written
}

fn haproxy(address: SocketAddr, server: SocketAddr, folder: &FilePath, is_tls: bool) -> String {
    let ssl = match is_tls {
        true => format!(" ssl crt {}/both.pem", folder.display()),
        false => String::new(),
    };
    format!(
        "global\n  maxconn 4096\n\
         defaults\n  mode http\n  timeout connect 5s\n  timeout client 60s\n  timeout server 60s\n  \
         timeout tunnel 60s\n\
         frontend clients\n  bind {address}{ssl}\n  default_backend servers\n\
         backend servers\n  server one {server}\n"
    )
}

fn caddy(address: SocketAddr, server: SocketAddr, folder: &FilePath, is_tls: bool) -> String {
    let folder = folder.display();
    let (scheme, certificate) = match is_tls {
        true => ("https", format!("tls {folder}/certificate.pem {folder}/key.pem\n")),
        false => ("http", String::new()),
    };
    format!(
        "{{\nadmin off\nauto_https off\ndefault_sni localhost\n}}\n\
         {scheme}://{address} {{\n{certificate}reverse_proxy {server}\n}}\n"
    )
}
