-equipe = équipe

DefaultTeamRestriction = Tout le monde reste dans le salon de l’{ -equipe }.
ManagedRoomsRestriction = Ce salon est géré par votre administration.
ForwardValidationError = Ce message ne peut pas être transféré.
MessageEditTimeoutExceeded = { $minutes ->
    [one] Un message ne peut être modifié que pendant { $minutes } minute.
   *[other] Un message ne peut être modifié que pendant { $minutes } minutes.
}
InvalidOperation = Cela n’est pas possible ici.
NotAuthorized = Vous n’en avez pas le droit.
NotFoundError = { $resource ->
    [room] Ce salon n’existe plus.
    [message] Ce message n’existe plus.
   *[other] Cette personne n’est plus ici.
}
OutOfRangeError = { $most ->
    [one] Pas plus de { $most } élément.
   *[other] Pas plus de { $most } éléments.
}
SessionError = Veuillez vous reconnecter.
    .title = Déconnecté
    .action = Se connecter
UnknownError = Cela n’a pas fonctionné.
Unhandled = Une erreur est survenue.
