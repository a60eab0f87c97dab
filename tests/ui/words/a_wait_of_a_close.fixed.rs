use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "details"?: details })]
pub enum Failure {
    #[error("slow down")]
    #[ws_error(soft_then_close(4008), retry = after(self.wait))]
    Slow { wait: u32 },
    #[error("refused")]
    #[ws_error(rejected(429), retry = after(30s))]
    Refused { wait: u32 },
}
