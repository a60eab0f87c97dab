unsupported_path = Il n’y a pas de WebSocket à { $path }
not_found = { $resource } introuvable
rate_limited = Trop de requêtes
internal_server_error = Erreur interne du serveur
