//! Prints the TypeScript runtime as it is shipped, for the checks in TypeScript.

fn main() {
    print!("{}", ws_errors::export::runtime());
}
