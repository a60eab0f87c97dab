//! Arguments that are wrong, and help.

use super::*;

#[test]
fn an_unknown_name_is_answered_with_the_nearest_and_what_there_is() {
    let program = program();
    for (arguments, message) in [
        (
            &["show", "meterd", "x"][..],
            "error: there is no catalog \"meterd\"; did you mean `metered`?\n       there is: `metered`\n",
        ),
        (
            &["show", "metered", "BackendErr"],
            "error: there is no error of `metered` \"BackendErr\"; did you mean `backend_error`?\n       there is: `channel_not_authorized`, ",
        ),
        (
            &["show", "metered", "channel_not_authorized", "--field", "chanel=x"],
            "error: there is no field of `channel_not_authorized` \"chanel\"; did you mean `channel`?",
        ),
        (
            &["show", "metered", "backend_error", "--context", "id=x"],
            "error: there is no field of the context \"id\"\n       there is: `request_id`",
        ),
        (
            &["show", "metered", "backend_error", "--envelope", "Corelation"],
            "error: there is no envelope of `backend_error` for the context \"Corelation\"; did you mean `Correlation`?",
        ),
        (&["exprt"], "error: there is no command \"exprt\"; did you mean `export`?"),
        (
            &["export", "--only", "md,jsn"],
            "error: there is no format \"jsn\"; did you mean `json`?",
        ),
    ] {
        let err = refused(&program, arguments);
        assert!(err.starts_with(message), "{err}");
    }
}

#[test]
fn wrong_arguments_are_answered_with_the_usage() {
    let program = program();
    for arguments in [
        &["show"][..],
        &["show", "metered"],
        &["show", "metered", "4001", "more"],
        &["show", "metered", "4001", "--field", "x"],
        &["list", "more"],
        &["export", "--chek"],
        &["export", "--out"],
        &["--verbose"],
    ] {
        let err = refused(&program, arguments);
        assert!(err.starts_with("error: ") && err.contains("\nUsage: "), "{err}");
    }
    assert!(refused(&program, &[]).starts_with("Usage: "), "no arguments are no error to explain");
}

#[test]
fn help_is_no_error_wherever_it_is_asked_for() {
    for arguments in [&["--help"][..], &["-h"], &["help"], &["show", "-h"], &["export", "--help"]] {
        assert!(said(arguments).contains("\nerrors show CATALOG ERROR"));
    }
}
