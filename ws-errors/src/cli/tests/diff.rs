//! `diff`, and `export --check --against`.

use super::*;

#[test]
fn an_older_catalog_is_compared_and_what_breaks_ends_with_1() {
    let directory = Directory::new();
    let file = directory.0.join("old.json");
    let new = crate::export::json(&METERED).unwrap();
    let path = file.to_str().unwrap();
    fs::write(&file, &new).unwrap();
    assert_eq!(said(&["diff", path]), "metered: nothing changed\n");
    assert_eq!(said(&["diff", path, path]), "metered: nothing changed\n");

    fs::write(&file, new.replace("\"code\": 4001", "\"code\": 4008")).unwrap();
    let (exit, out, err) = run_in(&program(), &["diff", path], Terminal::default());
    assert_eq!((exit, err.as_str()), (Exit::Failure, ""));
    assert!(out.contains("`invalid_token`: its close code was 4008, and is 4001"), "{out}");
    assert!(out.contains("→ keep it"), "{out}");
    let (exit, out, _) = run_in(&program(), &["diff", "--json", path], Terminal::default());
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((exit, &value["breaking"]), (Exit::Failure, &true.into()));

    let made = Directory::new();
    let to = made.path();
    said(&["export", "--out", to]);
    let arguments = ["export", "--check", "--out", to, "--against", path];
    let (exit, out, _) = run_in(&program(), &arguments, Terminal::default());
    assert_eq!(exit, Exit::Failure);
    assert!(out.contains("are fresh\nmetered: 1 change: 1 breaking\n"), "{out}");
    fs::write(&file, &new).unwrap();
    let (exit, ..) = run_in(&program(), &arguments, Terminal::default());
    assert_eq!(exit, Exit::Success);
}

#[test]
fn a_folder_of_older_catalogs_is_compared_file_by_file() {
    let (made, released) = (Directory::new(), Directory::new());
    let (to, from) = (made.path(), released.path());
    said(&["export", "--out", to]);
    let arguments = ["export", "--check", "--out", to, "--against", from];
    let (exit, _, err) = run_in(&program(), &arguments, Terminal::default());
    assert_eq!(exit, Exit::Failure, "nothing was compared");
    assert!(err.contains(" has no catalog"), "{err}");

    said(&["export", "--out", from, "--only", "all"]);
    let (exit, out, err) = run_in(&program(), &arguments, Terminal::default());
    assert_eq!(exit, Exit::Success, "{out}{err}");
    assert!(out.contains("metered: nothing changed\n"), "{out}");

    assert_eq!(said(&["diff", from]), "metered: nothing changed\n");
    let reports: serde_json::Value =
        serde_json::from_str(&said(&["diff", from, "--json"])).unwrap();
    assert_eq!(reports[0]["breaking"], false);

    let file = released.0.join("metered.json");
    let old = fs::read_to_string(&file).unwrap().replace("\"error\"", "\"err\"");
    fs::write(&file, old).unwrap();
    let (exit, out, _) = run_in(&program(), &arguments, Terminal::default());
    assert_eq!(exit, Exit::Failure);
    assert!(out.contains("breaking"), "{out}");
}

#[test]
fn what_cannot_be_compared_is_named() {
    let directory = Directory::new();
    let file = directory.0.join("old.json");
    let path = file.to_str().unwrap();
    for (content, message) in [
        (None, "can't be read: "),
        (Some("{"), "is not JSON: "),
        (Some("{}"), "is no catalog: `name` is missing"),
        (Some(r#"{ "name": "metered" }"#), "can't be compared: the old catalog is no catalog"),
    ] {
        if let Some(content) = content {
            fs::write(&file, content).unwrap();
        }
        let (exit, out, err) = run_in(&program(), &["diff", path], Terminal::default());
        assert_eq!((exit, out.as_str()), (Exit::Failure, ""));
        assert!(err.starts_with(&format!("error: {path} {message}")), "{err}");
    }
    fs::write(&file, r#"{ "name": "metred" }"#).unwrap();
    let err = refused(&program(), &["diff", path]);
    assert!(err.starts_with("error: there is no catalog \"metred\"; did you mean `metered`?"));
    let err = refused(&program(), &["export", "--against", path]);
    assert!(err.contains("it goes with `--check`"), "{err}");
}

#[test]
fn names_in_a_file_given_to_diff_forge_no_line() {
    let directory = Directory::new();
    let old = crate::export::json(&METERED).unwrap();
    let file = directory.0.join("old.json");
    fs::write(&file, old.replace("\"channel_not_authorized\"", "\"x\\u001b[2J\\nerror: forged\""))
        .unwrap();
    let (_, out, err) = run_in(&program(), &["diff", file.to_str().unwrap()], Terminal::default());
    let text = out + &err;
    assert!(text.contains("forged"), "{text}");
    assert!(!text.contains('\u{1b}') && !text.contains("\nerror: forged"), "{text}");
}
