use serde_json::json;

use super::sheet::{Entry, Fact, Part, Said, Sheet, Table};
use super::{Document, Fonts, MOST_DATA, Printer, Template, render};
use crate::error::Error;
use crate::fixture::noon;

fn sheet() -> Sheet {
    let fact = |label: &str| Fact { label: label.into(), text: "[#strong] *3*".into() };
    let said = |text, language| Said::new(Some("Notes".into()), text, language);
    let entry = Entry {
        heading: "= Speech @now".into(),
        facts: vec![fact("Grade")],
        words: vec![said("Leyó\n\ndespacio.", Some("es-MX")), said("שלום", Some("he")), said("x", Some("../en"))],
        table: Some(Table { head: vec!["When".into(), "Score".into()], rows: vec![vec!["#a".into(), "7".into()]] }),
    };
    let empty = Part { heading: "Nothing".into(), lead: vec!["None.".into()], entries: Vec::new() };
    Sheet {
        title: "Record of Ana".into(),
        lead: vec!["#panic(\"no\")".into()],
        facts: vec![fact("Name")],
        contents: "Contents".into(),
        foot: "Record #1".into(),
        parts: vec![Part { heading: "Visits".into(), lead: Vec::new(), entries: vec![entry] }, empty],
    }
}

fn document() -> Document {
    let data = serde_json::to_value(sheet()).expect("JSON");
    Document { template: Template::Record, data, language: "en".into(), made_at: noon() }
}

#[test]
fn every_shape_of_a_sheet_becomes_pages_and_the_same_ones_each_time() {
    let first = render(&document(), &Fonts::built_in()).expect("pages");
    assert!(first.starts_with(b"%PDF-1.7"));
    assert!(first == render(&document(), &Fonts::built_in()).expect("pages"));
    let text = lopdf::Document::load_mem(&first).expect("a PDF").extract_text(&[1]).expect("text");
    for plain in ["#panic(\"no\")", "[#strong] *3*", "= Speech @now", "#a"] {
        assert!(text.contains(plain), "{plain} in {text}");
    }
}

#[test]
fn an_empty_sheet_is_a_document_too() {
    let data = serde_json::to_value(Sheet { title: "Nothing".into(), ..Sheet::default() }).expect("JSON");
    assert!(render(&Document { data, ..document() }, &Fonts::built_in()).is_ok());
}

#[test]
fn more_than_a_document_holds_is_refused_before_it_costs_anything() {
    let data = json!({"title": "x".repeat(MOST_DATA)});
    let refused = render(&Document { data, ..document() }, &Fonts::built_in()).expect_err("too much");
    assert!(matches!(refused, Error::TooComplex(_)));
}

/// What a fault says of the text goes nowhere: it may be a child's.
#[tokio::test]
async fn a_fault_of_ours_names_the_place_and_not_the_words() {
    let data = json!({"title": "Ana reads", "parts": "Ana reads"});
    let printer = Printer::default();
    let fault = printer.print(Document { data, ..document() }).await.expect_err("the template asks for more");
    let Error::Internal(cause) = fault else { panic!("{fault:?}") };
    assert!(!format!("{cause:#}").contains("Ana"), "{cause:#}");
}
