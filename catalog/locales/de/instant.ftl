-team = Team

DefaultTeamRestriction = Im Raum des { -team }s bleiben alle.
ManagedRoomsRestriction = Diesen Raum verwaltet eure Administration.
ForwardValidationError = Diese Nachricht lässt sich nicht weiterleiten.
MessageEditTimeoutExceeded = { $minutes ->
    [one] Nachrichten lassen sich nur eine Minute lang ändern.
   *[other] Nachrichten lassen sich nur { $minutes } Minuten lang ändern.
}
InvalidOperation = Das geht hier nicht.
NotAuthorized = Das darfst du nicht.
NotFoundError = { $resource ->
    [room] Den Raum gibt es nicht mehr.
    [message] Die Nachricht gibt es nicht mehr.
   *[other] Diesen Menschen gibt es hier nicht mehr.
}
OutOfRangeError = { $most ->
    [one] Es darf nur einer sein.
   *[other] Es dürfen nicht mehr als { $most } sein.
}
SessionError = Bitte melde dich wieder an.
    .title = Abgemeldet
    .action = Anmelden
UnknownError = Das hat nicht geklappt.
Unhandled = Es ist ein Fehler aufgetreten.
