//! The report for tools.

use ws_errors_core::anchor::displayed;

use super::frame::Difference;
use super::report::{Finding, Outcome, Report, Tried};
use crate::catalog::Filter;
use crate::export::tree::Members;
use crate::wire::Tree;

impl Report {
    /// The report as JSON, with two spaces for each level: `catalog`, `url`, `passed`, `coverage` (with
    /// `provoked`, `entries` and `percent`), `entries` (with `name` and `outcome`), and `scenarios`
    /// with `name`, `connections`, `took_ms`, `left_out` where it was, and `findings`; each of these
    /// has its `outcome`, how many `times`, and where there is one the `entry`, `what` differs, what
    /// was `due`, and what `came`.
    pub fn json(&self) -> String {
        let coverage = self.coverage();
        let entries = self.entries().map(|(entry, outcome)| {
            Tree::from(Members::new().with("name", entry.name).with("outcome", outcome.words()))
        });
        let tree: Tree<'static> = Members::new()
            .with("catalog", self.catalog().name)
            .with("url", self.url().to_owned())
            .with("passed", self.passed())
            .with(
                "coverage",
                Members::new()
                    .with("provoked", number(coverage.provoked))
                    .with("entries", number(coverage.entries))
                    .with("percent", number(coverage.percent())),
            )
            .with("entries", entries.collect::<Tree<'_>>())
            .with("scenarios", self.scenarios().iter().map(scenario).collect::<Tree<'_>>())
            .into();
        tree.pretty()
    }

    /// The report as JUnit's XML, which CI systems show: a test for each scenario, and one for each
    /// entry, which is skipped where nothing provoked it.
    pub fn junit(&self) -> String {
        let of_entry = |(entry, outcome): (&crate::catalog::Entry, Outcome)| {
            let faults: Vec<&Finding> = self
                .faults()
                .map(|(_, finding)| finding)
                .filter(|finding| finding.entry == Some(entry.name))
                .collect();
            let skipped = (outcome == Outcome::NotProvoked && faults.is_empty())
                .then(|| outcome.words().to_owned());
            Case { class: "errors", name: entry.name, took: 0.0, faults, skipped }
        };
        let of_scenarios = self.scenarios().iter().map(Case::of);
        let cases: Vec<Case<'_>> = of_scenarios.chain(self.entries().map(of_entry)).collect();
        let failures = cases.iter().filter(|case| !case.faults.is_empty()).count();
        let skipped = cases.iter().filter(|case| case.skipped.is_some()).count();
        let took: f64 = cases.iter().map(|case| case.took).sum();
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"{}\" tests=\"{}\" failures=\"{failures}\" skipped=\"{skipped}\" time=\"{took:.3}\">\n",
            xml(self.catalog().name),
            cases.len(),
        );
        for case in &cases {
            case.push(&mut out, self.catalog().name);
        }
        out.push_str("</testsuite>\n</testsuites>\n");
        out
    }
}

/// A test of JUnit's.
struct Case<'a> {
    class: &'a str,
    name: &'a str,
    took: f64,
    faults: Vec<&'a Finding>,
    skipped: Option<String>,
}

impl<'a> Case<'a> {
    fn of(tried: &'a Tried) -> Self {
        Self {
            class: "scenarios",
            name: &tried.name,
            took: tried.took.as_secs_f64(),
            faults: tried.faults().collect(),
            skipped: tried.left_out.clone(),
        }
    }

    fn push(&self, out: &mut String, catalog: &str) {
        out.push_str(&format!(
            "<testcase classname=\"{}.{}\" name=\"{}\" time=\"{:.3}\">",
            xml(catalog),
            self.class,
            xml(self.name),
            self.took
        ));
        if let Some(why) = &self.skipped {
            out.push_str(&format!("<skipped message=\"{}\"/>", xml(why)));
        }
        for fault in &self.faults {
            let what = fault.difference.as_ref().map_or("", |difference| &difference.what);
            out.push_str(&format!(
                "\n<failure type=\"{}\" message=\"{}\">",
                fault.outcome.words(),
                xml(what)
            ));
            let lines: Vec<String> = fault.to_string().lines().map(xml).collect();
            out.push_str(&lines.join("\n"));
            out.push_str("</failure>\n");
        }
        out.push_str("</testcase>\n");
    }
}

/// A text in XML: control characters, which XML 1.0 has no way to write, are shown.
fn xml(text: &str) -> String {
    Filter::Xml.apply(&displayed(text)).into_owned()
}

fn number(number: usize) -> Tree<'static> {
    Tree::Number(number.into())
}

fn scenario(tried: &Tried) -> Tree<'static> {
    let findings = tried.findings.iter().map(|finding| {
        let Difference { what, due, came } = finding.difference.clone().unwrap_or_default();
        let what = Some(what).filter(|what| !what.is_empty());
        Tree::from(
            Members::new()
                .with("outcome", finding.outcome.words())
                .with("times", finding.times)
                .perhaps("entry", finding.entry)
                .perhaps("what", what)
                .perhaps("due", due)
                .perhaps("came", came),
        )
    });
    Members::new()
        .with("name", tried.name.clone())
        .with("connections", tried.connections)
        .with("took_ms", crate::export::tree::milliseconds(tried.took))
        .perhaps("left_out", tried.left_out.clone())
        .with("findings", findings.collect::<Tree<'_>>())
        .into()
}
