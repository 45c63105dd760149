//! A complete copy of a child's record: who gets one, what is in it, and what is not
//! (34 CFR 300.613, 300.501(a), 300.620(c); 99.10, 99.21(c)).

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use chrono::TimeDelta;
use domain::Intent;
use domain::facts::Restrict;
use domain::record_request::{
    AnswerRequest, AskOfRecord, Asks, Contested, ContestedKind, Stage as Of, StateDisagreement,
};
use lopdf::{Document, Object};
use serde_json::{Value, json};
use server::record_copy::RecordCopy;
use sync::operation::Sent;
use sync::{OperationId, RecordId, Verdict};

use tests::wire::operation;
use tests::{File, Stage, Wire, World, names};
use uuid::Uuid;

fn world() -> World {
    World::of_ana().meeting("The plan for spring").director("dora").office("ona").student("ben").guardian("gus")
}

/// What somebody is answered who asks for a copy of Ana's record.
pub(crate) fn ask(wire: &mut Wire, more: &Value) -> File {
    let mut body = json!({"student": names::node("stu", names::student("ana"))});
    if let (Some(body), Some(more)) = (body.as_object_mut(), more.as_object()) {
        body.extend(more.clone());
    }
    let access = wire.access.clone();
    wire.http.post_for_file("/record/copy", Some(&access), &body)
}

/// A copy, unpacked.
pub(crate) struct Copy {
    pub(crate) json: Value,
    pdf: Vec<u8>,
}

impl Copy {
    pub(crate) fn of(file: &File) -> Self {
        assert_eq!(file.status, 200, "{}", String::from_utf8_lossy(&file.bytes));
        let mut zip = zip::ZipArchive::new(Cursor::new(&file.bytes)).expect("a zip");
        let mut files = BTreeMap::new();
        for n in 0..zip.len() {
            let mut one = zip.by_index(n).expect("a file");
            let mut bytes = Vec::new();
            one.read_to_end(&mut bytes).expect("all of it");
            files.insert(one.name().expect("a name").into_owned(), bytes);
        }
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(names, ["record.json", "record.pdf"]);
        let json = serde_json::from_slice(&files["record.json"]).expect("JSON");
        Self { json, pdf: files.remove("record.pdf").expect("pages") }
    }

    fn taken(wire: &mut Wire) -> Self {
        Self::of(&ask(wire, &json!({})))
    }

    /// The words of all pages, without the spaces and breaks that lines bring.
    pub(crate) fn pages(&self) -> String {
        let document = Document::load_mem(&self.pdf).expect("a PDF");
        let numbers: Vec<u32> = document.get_pages().into_keys().collect();
        squeezed(&document.extract_text(&numbers).expect("its text"))
    }

    /// Both say that.
    pub(crate) fn says(&self, words: &str) -> bool {
        let (json, pages) = (self.json.to_string().contains(words), self.pages().contains(&squeezed(words)));
        assert_eq!(json, pages, "the pages say what the JSON says: {words}");
        json
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace() && *sign != '\u{ad}').collect()
}

fn written(stage: &Stage, n: u128, intent: impl Into<Intent>) -> Sent {
    let intent = intent.into();
    operation(OperationId(Uuid::from_u128(n)), intent.name(), stage.server.clock.now(), &Value::Object(intent.body()))
}

/// Mia wants the visit corrected, the school refuses, she says so in her own words.
fn mia_disagrees(stage: &Stage, visit: RecordId) {
    let (student, request) = (names::student("ana"), RecordId(Uuid::from_u128(0xa1)));
    let contests = Some(Contested { kind: ContestedKind::Visit, id: visit });
    let words = "Between Mia and the school: nobody came that day.".to_owned();
    let asked = AskOfRecord { request, student, asks: Asks::Correct, words, instead: String::new(), contests };
    let mut mia = stage.wire_of("mia");
    assert_eq!(mia.verdicts(1, &[written(stage, 1, asked)]), [Verdict::Applied]);
    let words = "The sheet says that he came.".into();
    let refused = AnswerRequest { request, student, stage: Of::Answer, granted: false, words };
    let query = "mutation($i:RecordRequestAnswerInput!){recordRequestAnswer(input:$i){userErrors{code}}}";
    let input = json!({"operationId": Uuid::from_u128(2), "request": names::node("req", request), "stage": "ANSWER",
        "granted": refused.granted, "words": refused.words});
    stage.wire_of("dora").ask(query, &json!({"i": input}));
    let words = "We waited for an hour and nobody came.".into();
    let stated = StateDisagreement { disagreement: RecordId(Uuid::from_u128(0xd1)), request, student, words };
    assert_eq!(mia.verdicts(2, &[written(stage, 3, stated)]), [Verdict::Applied]);
}

#[test]
fn a_family_takes_home_all_that_it_may_see_and_nothing_of_the_other_guardian() {
    for stage in world().on_each_engine() {
        stage.phone_of("pat").log_visit_with("ana", "Read two pages aloud.", &[("reads aloud", 31.0)]);
        let (mut mia, mut fred) = (stage.phone_of("mia"), stage.phone_of("fred"));
        mia.edit_statement("ana", "vision", "She reads to her brother.");
        mia.write_input("ana", "concerns", "She tires after lunch.");
        mia.submit_input("ana");
        fred.write_input("ana", "hopes", "That she has friends.");
        fred.submit_input("ana");

        let copy = Copy::taken(&mut stage.wire_of("mia"));
        for hers in ["Read two pages aloud.", "She reads to her brother.", "She tires after lunch.", "reads aloud"] {
            assert!(copy.says(hers), "{hers}");
        }
        assert!(copy.says("The plan for spring") && copy.says("Pat Story") && copy.pages().contains("Grade:03"));
        assert!(!copy.says("That she has friends."), "it is between Fred and the school");
        assert_eq!((&copy.json["madeFor"], &copy.json["around"]), (&json!("family"), &Value::Null));

        let agencys = Copy::taken(&mut stage.wire_of("dora"));
        for anybodys in ["That she has friends.", "She tires after lunch.", "birth certificate"] {
            assert!(agencys.says(anybodys), "{anybodys}");
        }
        let fred = json!({"for": names::node("per", names::person("fred")), "language": "es"});
        let for_fred = Copy::of(&ask(&mut stage.wire_of("dora"), &fred));
        assert!(for_fred.says("That she has friends.") && !for_fred.says("She tires after lunch."));
        assert!(for_fred.pages().contains("ExpedientedeAnaStory"), "in his language");
    }
}

/// 34 CFR 300.620(c)(2), 99.21(c): if the contested portion is disclosed to any party, the explanation must
/// be disclosed too. To another guardian as well: but the words alone.
#[test]
fn a_familys_words_of_disagreement_go_wherever_the_record_goes() {
    for stage in world().on_each_engine() {
        stage.phone_of("pat").log_visit("ana", "Read two pages aloud.");
        let visit = stage.phone_of("mia").logged("ana")[0];
        mia_disagrees(&stage, visit);
        for who in ["mia", "fred", "dora"] {
            let copy = Copy::taken(&mut stage.wire_of(who));
            assert!(copy.says("We waited for an hour and nobody came."), "{who}");
            assert_eq!(copy.json["disagreements"][0]["contests"]["id"], json!(visit), "{who}");
            let of_the_request = copy.says("Between Mia and the school") && copy.says("The sheet says");
            assert_eq!(of_the_request, who != "fred", "{who}");
            assert_eq!(copy.json["records"]["disagreement"] == json!([]), who == "fred", "{who}");
        }
    }
}

#[test]
fn whoever_may_not_gets_the_same_answer_as_for_a_child_who_is_not_there() {
    for stage in world().on_each_engine() {
        let order = Restrict {
            restriction: Uuid::from_u128(1),
            student: names::student("ana"),
            person: names::person("fred"),
            order: "No contact, circuit court".into(),
            from: None,
        };
        stage.office(order);
        stage.end_rights("mia", "ana");
        let nobody = json!({"student": names::node("stu", RecordId(Uuid::from_u128(404)))});
        for who in ["pat", "cas", "ona", "gus", "fred", "mia"] {
            let mut wire = stage.wire_of(who);
            let (refused, absent) = (ask(&mut wire, &json!({})), ask(&mut wire, &nobody));
            assert_eq!((refused.status, &refused.bytes), (404, &absent.bytes), "{who}");
            assert!(refused.disposition.is_empty());
        }
        let mut dora = stage.wire_of("dora");
        assert_eq!(ask(&mut dora, &nobody).status, 404);
        for kept_away in ["fred", "mia", "gus", "pat"] {
            let whom = json!({"for": names::node("per", names::person(kept_away))});
            assert_eq!(ask(&mut dora, &whom).status, 404, "there is no copy for {kept_away}");
        }
        let mut http = dora.http;
        assert_eq!(http.post_for_file("/record/copy", None, &nobody).status, 401);
        let no_id = json!({"student": "../../etc/passwd"});
        assert_eq!(http.post_for_file("/record/copy", Some(&dora.access), &no_id).status, 400);
    }
}

#[test]
fn nobody_takes_a_copy_for_somebody_else_but_who_keeps_the_record() {
    let stage = world().on_sqlite();
    let fred = json!({"for": names::node("per", names::person("fred"))});
    assert_eq!(ask(&mut stage.wire_of("mia"), &fred).status, 404);
}

#[test]
fn that_a_copy_was_taken_stands_in_the_log_before_it_leaves() {
    for stage in world().on_each_engine() {
        assert_eq!(ask(&mut stage.wire_of("dora"), &json!({})).status, 200);
        assert_eq!(ask(&mut stage.wire_of("fred"), &json!({})).status, 200);
        let query = "query($id:ID!){node(id:$id){...on Student{accessLog{by{name}asFamily topics}}}}";
        let seen = stage.wire_of("mia").ask(query, &json!({"id": names::node("stu", names::student("ana"))}));
        let doras = json!([{"by": {"name": "Dora Story"}, "asFamily": false, "topics": ["COPY"]}]);
        assert_eq!(seen["node"]["accessLog"], doras, "and nothing of the other guardian's habits");
    }
    let stage = world().on_sqlite();
    let refuse = "CREATE TRIGGER full BEFORE INSERT ON look BEGIN SELECT RAISE(FAIL, 'the disk is full'); END";
    stage.server.database().write(|db| Ok(db.batch(refuse)?)).expect("a trigger");
    assert_eq!(ask(&mut stage.wire_of("mia"), &json!({})).status, 503, "what cannot be noted is not given");
}

#[test]
fn whatever_people_write_is_read_as_they_wrote_it_and_does_nothing() {
    let hostile = [
        "#import \"/data.json\": x #panic() $ x^2 $ *bold* _it_ `raw` <label> @ref // no comment",
        "#set text(size: 900pt)\n= A heading\n- a list\n\\u{1F600} ~ -- --- ...",
        "a bell\u{7} and\u{202e} a turn, 漢字, عربي, שלום, 😀",
        "' OR 1=1; -- </script><script>alert(1)</script> %PDF-1.7 endobj",
    ];
    let stage = world().on_sqlite();
    let mut pat = stage.phone_of("pat");
    for text in hostile {
        pat.log_visit("ana", text);
    }
    let copy = Copy::taken(&mut stage.wire_of("mia"));
    let kept: Vec<&str> = copy.json["records"]["visit"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|it| it["fields"]["note"].as_str())
        .collect();
    let pages = copy.pages();
    for text in hostile {
        assert!(kept.contains(&text), "exactly: {text:?}");
    }
    for plain in [
        "#import\"/data.json\":x#panic()$x^2$*bold*_it_`raw`<label>@ref//nocomment",
        "#settext(size:900pt)",
        "=Aheading",
        "abell[U+0007]and[U+202E]aturn,[U+6F22][U+5B57],",
        "[U+1F600]",
        "</script><script>alert(1)</script>%PDF-1.7endobj",
    ] {
        assert!(pages.contains(plain), "{plain} in {pages}");
    }
}

/// ISO 14289-1, as far as a reader can tell without looking at the pages.
#[test]
fn the_pages_can_be_read_by_a_screen_reader() {
    let stage = world().on_sqlite();
    stage.phone_of("pat").log_visit("ana", "Read two pages aloud.");
    let copy = Copy::of(&ask(&mut stage.wire_of("mia"), &json!({"language": "es"})));
    let document = Document::load_mem(&copy.pdf).expect("a PDF");
    let catalog = document.catalog().expect("a catalog");
    let inner = |dictionary: &lopdf::Dictionary, key: &[u8]| {
        document.dereference(dictionary.get(key).expect("it is there")).expect("it is there").1.clone()
    };
    let marked = inner(catalog, b"MarkInfo").as_dict().expect("a dictionary").get(b"Marked").cloned();
    assert_eq!(marked.expect("a word"), Object::Boolean(true));
    assert_eq!(inner(catalog, b"Lang").as_str().expect("a text"), b"es");
    let shown = inner(catalog, b"ViewerPreferences").as_dict().expect("a dictionary").get(b"DisplayDocTitle").cloned();
    assert_eq!(shown.expect("a word"), Object::Boolean(true));
    let tree = inner(catalog, b"StructTreeRoot");
    assert!(tree.as_dict().expect("a tree").has(b"K"));
    let metadata = inner(catalog, b"Metadata");
    let metadata = metadata.as_stream().expect("a stream");
    let metadata = metadata.decompressed_content().unwrap_or_else(|_| metadata.content.clone());
    let metadata = String::from_utf8(metadata).expect("XML");
    assert!(metadata.contains("Expediente de Ana Story") && metadata.contains("pdfuaid:part"), "{metadata}");
    let tags: Vec<String> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok()?.get(b"S").ok()?.as_name().ok())
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect();
    for wanted in ["H1", "H2", "P", "Table", "TH", "TD", "TOC"] {
        assert!(tags.iter().any(|tag| tag == wanted), "{wanted} in {tags:?}");
    }
}

#[test]
fn the_same_record_is_the_same_bytes_but_for_the_moment() {
    let stage = world().on_sqlite();
    stage.phone_of("pat").log_visit("ana", "Read two pages aloud.");
    let mut mia = stage.wire_of("mia");
    // The first one stands in the log of the second, and no line is added by a third.
    ask(&mut mia, &json!({}));
    let (second, third) = (ask(&mut mia, &json!({})), ask(&mut mia, &json!({})));
    assert!(second.bytes == third.bytes);
    assert!(second.disposition.starts_with("attachment; filename=\"record-20") && !second.disposition.contains("Ana"));
    stage.pass(TimeDelta::minutes(5));
    let later = Copy::taken(&mut mia).json;
    let mut first = Copy::of(&second).json;
    assert!(first["madeAt"] != later["madeAt"]);
    first["madeAt"] = later["madeAt"].clone();
    assert_eq!(first, later);
}

#[test]
fn what_was_written_in_years_fits_into_one_copy_and_reads_back_whole() {
    let stage = world().on_sqlite();
    let long = "Lee despacio y con gusto. ".repeat(700);
    let mut pat = stage.phone_of("pat");
    for n in 0..12 {
        pat.log_visit("ana", &format!("{n}: {long}"));
    }
    let copy = Copy::taken(&mut stage.wire_of("mia"));
    let visits = copy.json["records"]["visit"].as_array().map(Vec::len);
    assert_eq!(visits, Some(12));
    assert_eq!(copy.pages().matches("gusto.").count(), 12 * 700, "to the last word");
    let read: RecordCopy = serde_json::from_value(copy.json.clone()).expect("it reads back");
    assert_eq!(serde_json::to_value(read).expect("JSON"), copy.json);
}

#[test]
fn copies_are_made_one_after_another_and_not_without_end() {
    let stage = world().on_sqlite();
    let mut mia = stage.wire_of("mia");
    let nobody = json!({"student": names::node("stu", RecordId(Uuid::from_u128(404)))});
    let answers: Vec<u16> = (0..6).map(|_| ask(&mut mia, &nobody).status).collect();
    assert_eq!(answers, [404, 404, 404, 404, 404, 429]);
    assert_eq!(ask(&mut stage.wire_of("fred"), &nobody).status, 404, "nobody else waits");
}
