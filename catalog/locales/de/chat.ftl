internal_server_error = Bei uns ist etwas schiefgegangen.
invalid_event_type = unbekannte Art von Ereignis
