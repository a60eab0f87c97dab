//! The examples of the README and of the guide compile, and their assertions hold.

/// Includes a page, where the features are on that it needs.
macro_rules! page {
    ($name:ident, $file:literal $(, $feature:literal)*) => {
        #[cfg(all(doctest $(, feature = $feature)*))]
        #[doc = include_str!(concat!("../../", $file))]
        struct $name;
    };
}

page!(Readme, "README.md");
page!(Declare, "docs/declare.md");
page!(DeclareAnExistingApi, "docs/declare-an-existing-api.md");
page!(Handshake, "docs/handshake.md", "axum", "tungstenite");
page!(Http, "docs/http.md", "axum", "tungstenite");
page!(Languages, "docs/languages.md", "fluent");
page!(Publish, "docs/publish.md", "export", "schemars");
page!(Evolve, "docs/evolve.md");
page!(Composition, "docs/composition.md");
page!(RustClient, "docs/rust-client.md", "tungstenite");
page!(Testing, "docs/testing.md", "tungstenite");
page!(Kit, "docs/kit.md", "testing");
page!(Recipes, "docs/recipes.md");
page!(EnumAttributes, "docs/attributes/enum.md");
page!(VariantAttributes, "docs/attributes/variant.md");
page!(FieldAttributes, "docs/attributes/field.md");
page!(EnvelopeLanguage, "docs/envelope.md");
page!(CompilerMessages, "docs/compiler-messages.md");
