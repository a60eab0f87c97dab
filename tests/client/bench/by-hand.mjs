// What one would write by hand for each of the five catalogs: a switch on the code that checks what
// it gives on.

/** A message with a code that is not known, as far as it is right. */
function unknown(code, message, context, data) {
  const error = {
    kind: "$unknown",
    code: "$unknown",
    rawCode: code,
    context,
    data,
  };
  if (typeof message === "string") error.message = message;
  return error;
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function metered(data) {
  if (!isObject(data) || data.type !== "error") return undefined;
  const { code, message, requestId } = data;
  if (typeof code !== "string") return undefined;
  const context =
    typeof requestId === "string" ? { request_id: requestId } : {};
  if (
    typeof message !== "string" ||
    (requestId !== undefined && typeof requestId !== "string")
  )
    return unknown(code, message, context, data);
  switch (code) {
    case "malformed_message":
      return { kind: "malformed_message", code, message, context };
    case "unknown_type":
      return { kind: "unknown_type", code, message, context };
    case "missing_data":
      return { kind: "missing_data", code, message, context };
    case "invalid_channel":
      return { kind: "invalid_channel", code, message, context };
    case "channel_not_authorized":
      return { kind: "channel_not_authorized", code, message, context };
    case "channel_reserved":
      return { kind: "channel_reserved", code, message, context };
    case "channel_limit_exceeded":
      return { kind: "channel_limit_exceeded", code, message, context };
    case "invalid_peer_id":
      return { kind: "invalid_peer_id", code, message, context };
    case "peer_not_found":
      return { kind: "peer_not_found", code, message, context };
    case "action_not_permitted":
      return { kind: "action_not_permitted", code, message, context };
    case "over_message_quota":
      return { kind: "over_message_quota", code, message, context };
    case "backend_error":
      return { kind: "backend_error", code, message, context };
    case "internal_error":
      return { kind: "internal_error", code, message, context };
    default:
      return unknown(code, message, context, data);
  }
}

function isDetail(value) {
  if (typeof value === "string") return true;
  if (Array.isArray(value)) return value.every(isDetail);
  return isObject(value) && Object.values(value).every(isDetail);
}

export function chat(data) {
  if (!isObject(data)) return undefined;
  const { error } = data;
  if (typeof error === "string")
    return Object.keys(data).length === 1
      ? {
          kind: "invalid_event_type",
          code: undefined,
          message: error,
          context: {},
        }
      : undefined;
  if (!isObject(error) || !Number.isInteger(error.code)) return undefined;
  const { code, detail } = error;
  switch (code) {
    case 4002:
      if (typeof detail !== "string") break;
      return { kind: "permission_denied", code, message: detail, context: {} };
    case 4003:
      if (!isDetail(detail)) break;
      return { kind: "validation_error", code, message: detail, context: {} };
    case 4004:
      if (typeof detail !== "string") break;
      return { kind: "resource_not_found", code, message: detail, context: {} };
    case 4005:
      if (typeof detail !== "string") break;
      return { kind: "integrity_error", code, message: detail, context: {} };
    case 4006:
      if (typeof detail !== "string") break;
      return {
        kind: "internal_server_error",
        code,
        message: detail,
        context: {},
      };
  }
  if (Object.keys(data).length > 1) return undefined;
  return unknown(code, detail, {}, data);
}

export function rooms(data) {
  if (!isObject(data) || data.type !== "error") return undefined;
  const { data: inner, meta } = data;
  if (!isObject(inner) || !Number.isInteger(inner.code)) return undefined;
  const { code, message } = inner;
  const context = {};
  let isRight = typeof message === "string";
  if (isObject(meta)) {
    const { request_id, timestamp } = meta;
    if (typeof request_id === "string") context.request_id = request_id;
    else if (request_id !== undefined) isRight = false;
    if (typeof timestamp === "string") context.timestamp = timestamp;
    else if (timestamp !== undefined) isRight = false;
  } else if (meta !== undefined) isRight = false;
  if (!isRight) return unknown(code, message, context, data);
  switch (code) {
    case 4003:
      return { kind: "unauthorized", code, message, context };
    case 4000:
      return { kind: "bad_request", code, message, context };
    case 4001:
      return { kind: "not_found", code, message, context };
    case 4002:
      return { kind: "invalid_action", code, message, context };
    case 4004:
      return { kind: "forbidden", code, message, context };
    case 4005:
      return { kind: "rate_limited", code, message, context };
    case 5000:
      return { kind: "internal_server_error", code, message, context };
    default:
      return unknown(code, message, context, data);
  }
}

export function materi(data) {
  if (!isObject(data) || data.type !== "system" || data.event !== "error")
    return undefined;
  const inner = data.data;
  if (!isObject(inner) || typeof inner.error_code !== "string")
    return undefined;
  const { error_code: code, message, details, timestamp } = inner;
  if (
    typeof message !== "string" ||
    typeof timestamp !== "string" ||
    typeof inner.recoverable !== "boolean"
  )
    return unknown(
      code,
      message,
      typeof timestamp === "string" ? { timestamp } : {},
      data,
    );
  const context = { timestamp };
  switch (code) {
    case "CONNECTION_FAILED":
      return { kind: "CONNECTION_FAILED", code, message, context };
    case "CONNECTION_TIMEOUT":
      return { kind: "CONNECTION_TIMEOUT", code, message, context };
    case "CONNECTION_LIMIT_EXCEEDED":
      return { kind: "CONNECTION_LIMIT_EXCEEDED", code, message, context };
    case "PROTOCOL_ERROR":
      return { kind: "PROTOCOL_ERROR", code, message, context };
    case "AUTHENTICATION_FAILED":
      return { kind: "AUTHENTICATION_FAILED", code, message, context };
    case "TOKEN_EXPIRED":
      return { kind: "TOKEN_EXPIRED", code, message, context };
    case "TOKEN_REVOKED":
      return { kind: "TOKEN_REVOKED", code, message, context };
    case "INSUFFICIENT_PERMISSIONS": {
      if (!isObject(details)) break;
      const { required_permission, user_permissions } = details;
      if (
        typeof required_permission !== "string" ||
        !Array.isArray(user_permissions) ||
        !user_permissions.every((one) => typeof one === "string")
      )
        break;
      return {
        kind: "INSUFFICIENT_PERMISSIONS",
        code,
        message,
        required_permission,
        user_permissions,
        context,
      };
    }
    case "DOCUMENT_NOT_FOUND":
      return { kind: "DOCUMENT_NOT_FOUND", code, message, context };
    case "DOCUMENT_LOCKED":
      return { kind: "DOCUMENT_LOCKED", code, message, context };
    case "DOCUMENT_DELETED":
      return { kind: "DOCUMENT_DELETED", code, message, context };
    case "VERSION_CONFLICT": {
      if (!isObject(details)) break;
      const { client_version, server_version } = details;
      if (
        !Number.isInteger(client_version) ||
        !Number.isInteger(server_version)
      )
        break;
      return {
        kind: "VERSION_CONFLICT",
        code,
        message,
        client_version,
        server_version,
        context,
      };
    }
    case "INVALID_OPERATION":
      return { kind: "INVALID_OPERATION", code, message, context };
    case "OPERATION_REJECTED":
      return { kind: "OPERATION_REJECTED", code, message, context };
    case "OPERATION_TIMEOUT":
      return { kind: "OPERATION_TIMEOUT", code, message, context };
    case "RATE_LIMIT_EXCEEDED": {
      if (details === undefined)
        return { kind: "RATE_LIMIT_EXCEEDED", code, message, context };
      if (!isObject(details)) break;
      const { retry_after } = details;
      if (retry_after === undefined)
        return { kind: "RATE_LIMIT_EXCEEDED", code, message, context };
      if (!Number.isInteger(retry_after)) break;
      return {
        kind: "RATE_LIMIT_EXCEEDED",
        code,
        message,
        retry_after,
        context,
      };
    }
    case "INTERNAL_ERROR":
      return { kind: "INTERNAL_ERROR", code, message, context };
    case "SERVICE_UNAVAILABLE":
      return { kind: "SERVICE_UNAVAILABLE", code, message, context };
    case "MAINTENANCE_MODE":
      return { kind: "MAINTENANCE_MODE", code, message, context };
  }
  return unknown(code, message, context, data);
}

const DOMAIN = "http://domain/exceptions#";

export function instant(data) {
  if (!Array.isArray(data) || data[0] !== 4 || data.length > 5)
    return undefined;
  const call_id = data[1];
  const uri = data[2];
  const message = data[3];
  const details = data[4];
  if (typeof uri !== "string") return undefined;
  if (data.length === 3) {
    if (typeof call_id !== "string") return undefined;
    return {
      kind: "Unhandled",
      code: undefined,
      message: uri,
      context: { call_id },
    };
  }
  const isRight =
    typeof call_id === "string" &&
    typeof message === "string" &&
    (details === undefined || isObject(details));
  if (!isRight) return instantUnknown(data);
  // The whole text is compared: to cut it first, and to compare the rest, takes five times as long.
  let kind;
  let code;
  switch (uri) {
    case "http://domain/exceptions#DefaultTeamRoomRestriction":
      kind = "DefaultTeamRestriction";
      code = "DefaultTeamRoomRestriction";
      break;
    case "http://domain/exceptions#ManagedRoomsRestriction":
      kind = code = "ManagedRoomsRestriction";
      break;
    case "http://domain/exceptions#ForwardValidationError":
      kind = code = "ForwardValidationError";
      break;
    case "http://domain/exceptions#MessageEditTimeoutExceeded":
      kind = code = "MessageEditTimeoutExceeded";
      break;
    case "http://domain/exceptions#InvalidOperation":
      kind = code = "InvalidOperation";
      break;
    case "http://domain/exceptions#NotAuthorized":
      kind = code = "NotAuthorized";
      break;
    case "http://domain/exceptions#NotFoundError":
      kind = code = "NotFoundError";
      break;
    case "http://domain/exceptions#OutOfRangeError":
      kind = code = "OutOfRangeError";
      break;
    case "http://domain/exceptions#SessionError":
      kind = code = "SessionError";
      break;
    case "http://domain/exceptions#UnknownError":
      kind = code = "UnknownError";
      break;
    default:
      return instantUnknown(data);
  }
  const context = { call_id };
  return details === undefined
    ? { kind, code, message, context }
    : { kind, code, message, context, details };
}

function instantUnknown(data) {
  const [, call_id, uri, message] = data;
  if (!uri.startsWith(DOMAIN)) return undefined;
  const context = typeof call_id === "string" ? { call_id } : {};
  return unknown(uri.slice(DOMAIN.length), message, context, data);
}
