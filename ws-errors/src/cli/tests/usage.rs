//! Arguments that are wrong, and help.

use super::*;

#[test]
fn an_unknown_name_is_answered_with_the_nearest_and_what_there_is() {
    let program = program();
    for (arguments, message) in [
        (
            &["show", "meterd", "x"][..],
            "error: there is no catalog \"meterd\"; did you mean `metered`?\n       available: `metered`\n",
        ),
        (
            &["show", "metered", "BackendErr"],
            "error: `metered` has no error \"BackendErr\"; did you mean `backend_error`?\n       available: `channel_not_authorized`, ",
        ),
        (
            &["show", "metered", "channel_not_authorized", "--field", "chanel=x"],
            "error: `channel_not_authorized` has no field \"chanel\"; did you mean `channel`?",
        ),
        (
            &["show", "metered", "backend_error", "--context", "id=x"],
            "error: the context has no field \"id\"\n       available: `request_id`",
        ),
        (
            &["show", "metered", "backend_error", "--envelope", "Corelation"],
            "error: `backend_error` has no envelope for the context \"Corelation\"; did you mean `Correlation`?",
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
    for arguments in [&["--help"][..], &["-h"], &["help"]] {
        let help = said(arguments);
        for command in COMMANDS {
            assert!(help.contains(&format!("errors {command}")), "{command}: {help}");
        }
    }
}

#[test]
fn the_help_of_a_command_is_about_that_command_alone() {
    for command in COMMANDS {
        for arguments in [[command, "--help"], [command, "-h"], ["help", command]] {
            let help = said(&arguments);
            assert!(help.starts_with(&format!("errors {command}")), "{help}");
            assert_eq!(help.matches("\nerrors ").count(), 0, "{help}");
            assert!(said(&["--help"]).contains(&help), "{help}");
        }
    }
}

#[test]
fn a_wrong_argument_of_a_command_is_answered_with_the_usage_of_that_command() {
    let err = refused(&program(), &["export", "--chek"]);
    let usage = "Usage: errors export [OPTIONS]\n\n`errors export --help` has its options.\n";
    assert_eq!(err, format!("error: invalid option '--chek'\n\n{usage}"));
    let err = refused(&program(), &["list", "more"]);
    assert!(err.contains("\nUsage: errors list\n"), "{err}");
    let err = refused(&program(), &["--verbose"]);
    assert!(err.contains("\nUsage: errors <COMMAND>\n"), "{err}");
}

#[test]
fn no_line_of_the_help_is_wider_than_a_hundred_columns() {
    for line in said(&["--help"]).lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
}
