unsupported_path = Unter { $path } gibt es keinen WebSocket
not_found = { $resource } nicht gefunden
rate_limited = Zu viele Anfragen
internal_server_error = Interner Fehler des Servers
