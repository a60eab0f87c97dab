/** The codes of metered's errors. */
export const codes = [
  "malformed_message",
  "unknown_type",
  "missing_data",
  "invalid_channel",
  "channel_not_authorized",
  "channel_reserved",
  "channel_limit_exceeded",
  "invalid_peer_id",
  "peer_not_found",
  "action_not_permitted",
  "over_message_quota",
  "backend_error",
  "internal_error",
];
