//! `schema.graphql` is what the server says. `AIMLINE_BLESS=1` writes it anew.

use std::path::Path;

#[test]
fn the_schema_file_is_what_the_server_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema.graphql");
    let said = server::graphql::sdl();
    if std::env::var_os("AIMLINE_BLESS").is_some() {
        std::fs::write(&file, &said).expect("the file can be written");
    }
    let kept = std::fs::read_to_string(&file).expect("schema.graphql is there");
    if let Some((line, (kept, said))) = kept.lines().zip(said.lines()).enumerate().find(|(_, (a, b))| a != b) {
        panic!("schema.graphql, line {}:\n  kept: {kept}\n  said: {said}\nAIMLINE_BLESS=1 writes it anew", line + 1);
    }
    assert_eq!(kept, said, "one is longer: AIMLINE_BLESS=1 writes the file anew");
}
