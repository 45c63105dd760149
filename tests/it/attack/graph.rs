//! Every way through the schema: from the printed text, not from what its authors had in mind.

use std::collections::BTreeMap;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition};
use serde_json::{Map, Value, json};

/// What the server carries out of one document is bounded; a query stays below it.
const MOST_FIELDS: usize = 400;

/// The types of the schema, by name.
pub(super) struct Graph {
    objects: BTreeMap<String, Vec<FieldDefinition>>,
    inputs: BTreeMap<String, Vec<(String, Type)>>,
    enums: BTreeMap<String, String>,
    interfaces: Vec<String>,
}

/// The type that a field leads to.
fn named(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(inner) => named(inner),
    }
}

impl Graph {
    pub(super) fn of_the_server() -> Self {
        let document = parse_schema(server::graphql::sdl()).expect("the server prints a schema");
        let mut graph =
            Self { objects: BTreeMap::new(), inputs: BTreeMap::new(), enums: BTreeMap::new(), interfaces: Vec::new() };
        for definition in document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let name = definition.node.name.node.to_string();
            match definition.node.kind {
                TypeKind::Object(object) => {
                    let fields = object.fields.into_iter().map(|field| field.node).collect();
                    graph.objects.insert(name, fields);
                }
                TypeKind::Interface(_) => graph.interfaces.push(name),
                TypeKind::InputObject(input) => {
                    let fields = input.fields.into_iter().map(|field| field.node);
                    let fields = fields.map(|field| (field.name.node.to_string(), field.ty.node)).collect();
                    graph.inputs.insert(name, fields);
                }
                TypeKind::Enum(values) => {
                    let first = values.values.first().expect("an enum has values");
                    graph.enums.insert(name, first.node.value.node.to_string());
                }
                TypeKind::Scalar | TypeKind::Union(_) => {}
            }
        }
        graph
    }

    /// The mutations that there are.
    pub(super) fn mutations(&self) -> Vec<String> {
        self.objects["Mutation"].iter().map(|field| field.name.node.to_string()).collect()
    }

    /// What can be asked of one object in documents that the server carries out: all its fields,
    /// and theirs, so many levels down. Fields that want to be told something are asked for as
    /// they come.
    pub(super) fn selections(&self, object: &str, levels: usize) -> Vec<String> {
        let mut documents = vec![String::new()];
        for field in &self.objects[object] {
            let Some(text) = self.field(field, levels, &mut vec![object.to_owned()]) else { continue };
            let last = documents.last_mut().expect("there is one");
            if weight(last) + weight(&text) > MOST_FIELDS {
                documents.push(text);
            } else {
                last.push(' ');
                last.push_str(&text);
            }
        }
        documents.into_iter().map(|document| format!("__typename {document}")).collect()
    }

    /// One field with what is below it; `None` where it cannot be asked for here. A type that
    /// the path has passed already is asked for its id.
    fn field(&self, field: &FieldDefinition, levels: usize, path: &mut Vec<String>) -> Option<String> {
        let name = field.name.node.as_str();
        let must = |argument: &Type, default: bool| !argument.nullable && !default;
        if field.arguments.iter().any(|one| must(&one.node.ty.node, one.node.default_value.is_some())) {
            return None;
        }
        let leads_to = named(&field.ty.node);
        if self.interfaces.iter().any(|interface| interface == leads_to) {
            return Some(format!("{name} {{ __typename id }}"));
        }
        let Some(fields) = self.objects.get(leads_to) else { return Some(name.to_owned()) };
        let has_id = fields.iter().any(|field| field.name.node == "id");
        if levels == 0 || path.iter().any(|passed| passed == leads_to) {
            return has_id.then(|| format!("{name} {{ __typename id }}"));
        }
        path.push(leads_to.to_owned());
        let below: Vec<String> = fields.iter().filter_map(|field| self.field(field, levels - 1, path)).collect();
        path.pop();
        (!below.is_empty()).then(|| format!("{name} {{ __typename {} }}", below.join(" ")))
    }

    /// The input of a mutation as somebody would fill it in, with the ids that `id` gives for
    /// the name of a field, and the document that sends it.
    pub(super) fn filled(&self, mutation: &str, id: &dyn Fn(&str) -> Value) -> (String, Value) {
        let input = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let fields = self.inputs.get(&input).unwrap_or_else(|| panic!("{mutation} has no {input}"));
        let filled: Map<String, Value> = fields
            .iter()
            .filter(|(_, ty)| !ty.nullable)
            .map(|(name, ty)| (name.clone(), self.value(name, ty, id)))
            .collect();
        let document = format!(
            "mutation($i: {input}!) {{ {mutation}(input: $i) {{ __typename userErrors {{ code field message }} }} }}"
        );
        (document, json!({"i": filled}))
    }

    fn value(&self, name: &str, ty: &Type, id: &dyn Fn(&str) -> Value) -> Value {
        if let BaseType::List(inner) = &ty.base {
            return json!([self.value(name, inner, id)]);
        }
        match named(ty) {
            "ID" => id(name),
            "String" => "written by an attacker".into(),
            "Boolean" => true.into(),
            "Int" => 18.into(),
            "Float" => 20.5.into(),
            "Date" if name == "targetOn" => "2027-06-01".into(),
            "Date" => "2026-10-01".into(),
            "DateTime" if name.starts_with("ends") => "2026-09-22T16:00:00Z".into(),
            "DateTime" => "2026-09-21T10:00:00Z".into(),
            other => {
                self.enums.get(other).unwrap_or_else(|| panic!("{name}: {other} is not filled in")).as_str().into()
            }
        }
    }
}

/// How many fields a text asks for, roughly.
fn weight(text: &str) -> usize {
    text.split_whitespace().filter(|word| !matches!(*word, "{" | "}")).count()
}
