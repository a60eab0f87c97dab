//! Whatever is written into an enum, the macro answers and never panics, and what it answers is Rust.
//!
//! The enums of the catalogs and of the UI tests are changed token by token, a few changes at a time.
//! The tests do it some thousand times; to do it a million times:
//!
//! ```sh
//! WS_ERRORS_MUTATIONS=1000000 cargo test --release -p ws-errors-derive mutations -- --nocapture
//! ```
//!
//! `WS_ERRORS_MUTATIONS=4711..4712` does one of them again.

use std::fs;
use std::iter::StepBy;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::derive_ws_error;
use crate::words::{errors, items, workspace};

/// How many inputs there are where nothing is said.
const SHORT: u64 = 4_000;

/// What is seldom written, and easily mistaken.
const ODD: &str = r##"
    "" "{" "}" "{}" "{0}" "{{" "{a:}" "{a:>9}" "{self.a}" "{cx.type}" "{set.kind}" "{code:quoted}"
    "\u{0}" "\n\"\\" "é€😀" "999999999999" b"bytes" c"text" b'a' 'a' r#"raw"# 0 1 -1 4.5 1. 1e999
    0x10 0b11 1_000 1000 1005 1006 4001 5000 65536 9007199254740993 99999999999999999999 5u8 1s 1.5min
    500ms 10000h 1h0 r#type self Self super crate cx set json code name message details retry
    recoverable retry_after close reason envelope default with binary transparent type gen async none
    display true false null as string number unknown never now after backoff when leave attempts jitter
    only alike _ ? ?? ??? .. ..= => : :: ; , + - . = == # ! & 'a '_ '_ 'static < > () [] {} (,) [?] {:}
"##;

/// Numbers that are the same each time (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// The items that derive `WsError` in the catalogs and the UI tests.
fn corpus() -> Vec<TokenStream> {
    let mut files = Vec::new();
    sources(&workspace().join("catalog/src"), &mut files);
    sources(&workspace().join("tests/ui"), &mut files);
    files.sort_unstable();
    files.iter().flat_map(|file| items(file)).collect()
}

fn sources(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The item with a few of its variants.
fn shorten(item: &TokenStream, random: &mut Random) -> TokenStream {
    let mut tokens: Vec<TokenTree> = item.clone().into_iter().collect();
    if let Some(TokenTree::Group(body)) = tokens.last_mut() {
        let all: Vec<TokenTree> = body.stream().into_iter().collect();
        let is_comma =
            |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
        let variants: Vec<&[TokenTree]> = all.split_inclusive(is_comma).collect();
        let (first, most) = (random.below(variants.len()), random.below(4) + 1);
        let kept = variants.into_iter().skip(first).take(most).flatten().cloned();
        *body = Group::new(body.delimiter(), kept.collect());
    }
    tokens.into_iter().collect()
}

fn count(tokens: &TokenStream) -> usize {
    tokens
        .clone()
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => 1 + count(&group.stream()),
            _ => 1,
        })
        .sum()
}

/// Changes the token with this index, in whatever group it is: `changed` gets the list that holds it, and
/// its place there.
fn change(
    tokens: TokenStream,
    mut index: usize,
    changed: &mut dyn FnMut(&mut Vec<TokenTree>, usize),
) -> TokenStream {
    let mut list: Vec<TokenTree> = tokens.into_iter().collect();
    for at in 0..list.len() {
        if index == 0 {
            changed(&mut list, at);
            break;
        }
        index -= 1;
        if let TokenTree::Group(group) = &list[at] {
            let inside = count(&group.stream());
            if index < inside {
                let stream = change(group.stream(), index, changed);
                list[at] = Group::new(group.delimiter(), stream).into();
                break;
            }
            index -= inside;
        }
    }
    list.into_iter().collect()
}

fn change_at(list: &mut Vec<TokenTree>, at: usize, random: &mut Random, pool: &[TokenTree]) {
    const DELIMITERS: [Delimiter; 4] =
        [Delimiter::Parenthesis, Delimiter::Brace, Delimiter::Bracket, Delimiter::None];
    let token = list[at].clone();
    match random.below(11) {
        0 => drop(list.remove(at)),
        1 => list.insert(at, token),
        2 if at + 1 < list.len() => list.swap(at, at + 1),
        3 => list.truncate(at),
        4 | 5 => list[at] = random.pick(pool).clone(),
        6 => list.insert(at, random.pick(pool).clone()),
        7 => list[at] = random.pick(list).clone(),
        8 => list[at] = Group::new(*random.pick(&DELIMITERS), token.into()).into(),
        9 => {
            let more = list.clone();
            list.extend(more);
        }
        _ => match token {
            TokenTree::Group(group) if random.below(2) == 0 => {
                list.splice(at..=at, group.stream());
            }
            TokenTree::Group(group) => {
                list[at] = Group::new(*random.pick(&DELIMITERS), group.stream()).into();
            }
            _ => list[at] = random.pick(pool).clone(),
        },
    }
}

#[test]
fn no_mutation_of_an_enum_makes_the_macro_panic() {
    let started = std::time::Instant::now();
    let expanded: u64 = on_all_processors(mutate).into_iter().sum();
    let rounds = seeds().end - seeds().start;
    println!(
        "{rounds} mutations in {:?}: {expanded} are enums still, and no panic",
        started.elapsed()
    );
    // Neither are all wrong, nor all right.
    assert!(rounds < SHORT || (expanded > rounds / 50 && expanded < rounds));
}

/// Does something with each of the seeds.
fn on_all_processors<T: Send + 'static>(work: fn(StepBy<Range<u64>>) -> T) -> Vec<T> {
    let Range { start: first, end } = seeds();
    let threads = std::thread::available_parallelism().map_or(1, |threads| threads.get());
    // To read what comes of the deepest template takes more of a stack than to make it.
    let start = |offset| {
        std::thread::Builder::new()
            .stack_size(64 << 20)
            .spawn(move || work((first + offset..end).step_by(threads)))
            .expect("a thread starts")
    };
    let running: Vec<_> = (0..threads as u64).map(start).collect();
    running.into_iter().map(|thread| thread.join().expect("nothing panics")).collect()
}

/// The seeds of the mutations: as many as are asked for, or from one to another.
fn seeds() -> Range<u64> {
    let number = |text: &str| text.parse().expect("a number of mutations, or `first..end`");
    match std::env::var("WS_ERRORS_MUTATIONS") {
        Err(_) => 0..SHORT,
        Ok(asked) => match asked.split_once("..") {
            Some((first, end)) => number(first)..number(end),
            None => 0..number(&asked),
        },
    }
}

/// Enums that are right and that are wrong, and what may stand in one.
struct Corpus {
    right: Vec<TokenStream>,
    wrong: Vec<TokenStream>,
    pool: Vec<TokenTree>,
}

impl Corpus {
    fn read() -> Self {
        let corpus = corpus();
        let mut pool: Vec<TokenTree> = Vec::new();
        for item in corpus.iter().cloned().chain([ODD.parse().expect("these are tokens")]) {
            flatten(item, &mut pool);
        }
        let (right, wrong): (Vec<_>, Vec<_>) =
            corpus.into_iter().partition(|item| is_enum(&derive_ws_error(item.clone())));
        assert!(right.len() > 10 && wrong.len() > 100, "{} and {}", right.len(), wrong.len());
        Self { right, wrong, pool }
    }
}

/// What came of enums that were right but for one token.
#[derive(Default)]
struct Damage {
    enums: u64,
    /// Those with which something is wrong, and with which several things are.
    wrong: u64,
    several: Vec<String>,
}

#[test]
fn one_token_that_is_missing_or_another_is_one_error_in_our_words() {
    let mut all = Damage::default();
    for some in on_all_processors(damage) {
        all.enums += some.enums;
        all.wrong += some.wrong;
        all.several.extend(some.several);
    }
    let Damage { enums, wrong, several } = all;
    println!("{enums} enums, {wrong} wrong, {} of them in several ways", several.len());
    several.iter().take(40).for_each(|one| println!("\n{one}"));
    assert!(wrong > enums / 4, "{wrong} of {enums} are wrong");
    assert!(
        several.len() as u64 * 20 <= wrong,
        "{} of {wrong} have more than one error",
        several.len()
    );
}

/// Takes one token of an enum away, or puts another in its place.
fn damage(seeds: StepBy<Range<u64>>) -> Damage {
    let Corpus { right, pool, .. } = Corpus::read();
    let mut damage = Damage::default();
    for seed in seeds {
        let mut random = Random(seed ^ 0x5EED);
        let item = shorten(random.pick(&right), &mut random);
        // A few of its variants may lack what another had.
        if !errors(derive_ws_error(item.clone())).is_empty() {
            continue;
        }
        let index = random.below(count(&item));
        let is_removed = random.below(2) == 0;
        let changed = change(item.clone(), index, &mut |list, at| match is_removed {
            true => drop(list.remove(at)),
            false => list[at] = random.pick(&pool).clone(),
        });
        let output = catch_unwind(AssertUnwindSafe(|| derive_ws_error(changed.clone())));
        let Ok(output) = output else { panic!("damage {seed} panics: {changed}") };
        let errors = errors(output);
        // What is written there is a name of the user's.
        let written = changed.to_string();
        for error in &errors {
            let mut words = error.split(|c: char| !c.is_alphanumeric() && c != '_');
            let ours = words.find(|word| word.contains("__") && !written.contains(word));
            assert!(ours.is_none(), "damage {seed} shows a name of ours: {error}");
        }
        damage.enums += 1;
        damage.wrong += u64::from(!errors.is_empty());
        if errors.len() > 1 {
            damage.several.push(format!("{seed}:\n{}\n{item}\n{changed}", errors.join("\n")));
        }
    }
    damage
}

/// Derives a mutation for each seed, and counts those with which nothing is wrong.
fn mutate(seeds: StepBy<Range<u64>>) -> u64 {
    // A change to what is right goes further than one to what is wrong already.
    let Corpus { right, wrong, pool } = Corpus::read();
    let mut expanded = 0;
    for seed in seeds {
        let mut random = Random(seed);
        let from = if random.below(4) == 0 { &wrong } else { &right };
        let mut item = shorten(random.pick(from), &mut random);
        for _ in 0..random.below(4) + 1 {
            let index = random.below(count(&item));
            item = change(item, index, &mut |list, at| change_at(list, at, &mut random, &pool));
        }
        let output = catch_unwind(AssertUnwindSafe(|| derive_ws_error(item.clone())));
        let Ok(output) = output else { panic!("mutation {seed} panics: {item}") };
        expanded += u64::from(is_enum(&output));
        if let Err(error) = syn::parse2::<syn::File>(output.clone()) {
            panic!("mutation {seed} makes no Rust ({error}): {item}\n\n{output}");
        }
    }
    expanded
}

/// Whether the macro found nothing wrong.
fn is_enum(output: &TokenStream) -> bool {
    let mut tokens = output.clone().into_iter();
    let is_wrong = |token| matches!(token, TokenTree::Ident(word) if word == "compile_error");
    !output.is_empty() && !tokens.any(is_wrong)
}

fn flatten(tokens: TokenStream, pool: &mut Vec<TokenTree>) {
    for token in tokens {
        pool.push(token.clone());
        if let TokenTree::Group(group) = token {
            flatten(group.stream(), pool);
        }
    }
}

/// The enum with a template in its envelope.
fn with_envelope(template: TokenStream) -> String {
    derive_ws_error(quote::quote! {
        #[ws_error(envelope = #template)]
        enum Failure {
            #[error("gone")]
            #[ws_error(set(a = set.b, b = [set.c, set.c], c = [set.d, set.d], d = code))]
            Gone,
        }
    })
    .to_string()
}

#[test]
fn a_template_without_end_is_told_and_overflows_nothing() {
    for delimiter in [Delimiter::Bracket, Delimiter::Parenthesis] {
        let mut template: TokenStream = "code".parse().expect("tokens");
        for _ in 0..1_000 {
            template = TokenTree::from(Group::new(delimiter, template)).into();
        }
        assert!(with_envelope(template).contains("64 levels deep"));
    }
    let chain = "code ?? ".repeat(10_000) + "null";
    assert!(with_envelope(chain.parse().expect("tokens")).contains("64 levels deep"));
    let encoded = "json(".repeat(40) + "\"x\"" + &")".repeat(40);
    assert!(with_envelope(encoded.parse().expect("tokens")).contains("backslashes"));
    let deepest = "[".repeat(63) + "code" + &"]".repeat(63);
    assert!(!with_envelope(deepest.parse().expect("tokens")).contains("compile_error"));
    assert!(!with_envelope("[set.a]".parse().expect("tokens")).contains("compile_error"));
}
