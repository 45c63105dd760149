//! Limits on a document before async-graphql walks it, in time linear in its length.
//!
//! The crate expands fragments wherever they are spread, before it compares its own limits, so
//! a kilobyte of fragments that spread each other twice costs it minutes. Here each fragment is
//! counted once and its cost added wherever it is spread.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use async_graphql::Name;
use async_graphql::Positioned;
use async_graphql::parser::parse_query;
use async_graphql::parser::types::{Directive, ExecutableDocument, Selection, SelectionSet};

use crate::error::{Error, cut};

/// What one document may ask for, over all its operations.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Length of the text.
    pub bytes: usize,
    /// Fields after fragments are expanded.
    pub fields: u64,
    /// Fields, spreads and inline fragments after fragments are expanded.
    pub nodes: u64,
    /// Fields under another name.
    pub aliases: u64,
    /// `@skip` and the like.
    pub directives: u64,
    /// Fields within fields.
    pub depth: u64,
    /// Fields at the top of one operation.
    pub roots: usize,
    /// Operations to choose from.
    pub operations: usize,
    /// Fragments that spread fragments that spread fragments.
    pub nesting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 16 * 1024,
            fields: 500,
            nodes: 2_000,
            aliases: 50,
            directives: 50,
            // What introspection by the usual tools takes.
            depth: 16,
            roots: 20,
            operations: 20,
            nesting: 32,
        }
    }
}

/// Why a document is not carried out.
#[derive(Debug)]
pub enum Refusal {
    /// It is not GraphQL. The message says where, in few words.
    Syntax(String),
    /// It asks for too much.
    TooComplex(&'static str),
    /// It asks about the schema, which is not answered here.
    Introspection,
    /// It was named, and nobody knows it.
    Unknown,
    /// It is not one of those that are carried out here.
    Untrusted,
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Syntax(_) => Error::Invalid { field: "query", why: "not a GraphQL document" },
            Refusal::TooComplex(what) => Error::TooComplex(what),
            Refusal::Introspection => Error::Document {
                code: "INTROSPECTION_OFF",
                why: "this server does not answer questions about its schema; schema.graphql has the answers",
            },
            Refusal::Unknown => {
                Error::Document { code: "UNKNOWN_DOCUMENT", why: "no document has that id here; send its text" }
            }
            Refusal::Untrusted => Error::Document {
                code: "UNTRUSTED_DOCUMENT",
                why: "this server carries out the documents of its own pages and phones alone; reload the page",
            },
        }
    }
}

/// Reads a document that is cheap enough to carry out.
pub fn read(text: &str, limits: &Limits) -> Result<ExecutableDocument, Refusal> {
    if text.len() > limits.bytes {
        return Err(Refusal::TooComplex("the document is too long"));
    }
    let document = parse_query(text).map_err(|error| Refusal::Syntax(cut(&error.to_string())))?;
    check(&document, limits).map_err(Refusal::TooComplex)?;
    Ok(document)
}

/// Whether a document that was read asks about the schema.
pub fn asks_about_schema(document: &ExecutableDocument) -> bool {
    let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set.node);
    operations.chain(fragments).any(names_schema)
}

fn names_schema(set: &SelectionSet) -> bool {
    set.items.iter().any(|item| match &item.node {
        Selection::Field(field) => {
            let field = &field.node;
            matches!(field.name.node.as_str(), "__schema" | "__type") || names_schema(&field.selection_set.node)
        }
        Selection::InlineFragment(inline) => names_schema(&inline.node.selection_set.node),
        Selection::FragmentSpread(_) => false,
    })
}

fn check(document: &ExecutableDocument, limits: &Limits) -> Result<(), &'static str> {
    let mut walk = Walk { document, limits, done: HashMap::new(), open: Vec::new() };
    let mut whole = Cost::default();
    let mut operations = 0;
    for (_, operation) in document.operations.iter() {
        operations += 1;
        let set = &operation.node.selection_set.node;
        if set.items.len() > limits.roots {
            return Err("too many fields at the top");
        }
        let own = Cost { directives: count(&operation.node.directives), ..Cost::default() };
        whole = whole.beside(own).beside(walk.set(set)?);
    }
    // The validator walks fragments that nobody spreads as well.
    for name in document.fragments.keys() {
        if !walk.done.contains_key(name) {
            whole = whole.beside(walk.fragment(name)?);
        }
    }
    match whole {
        _ if operations > limits.operations => Err("too many operations"),
        cost if cost.nodes > limits.nodes => Err("the document expands too far"),
        cost if cost.fields > limits.fields => Err("too many fields"),
        cost if cost.aliases > limits.aliases => Err("too many aliases"),
        cost if cost.directives > limits.directives => Err("too many directives"),
        cost if cost.depth > limits.depth => Err("nested too deep"),
        _ => Ok(()),
    }
}

/// What a part of a document comes to when everything in it is expanded.
#[derive(Clone, Copy, Default)]
struct Cost {
    nodes: u64,
    fields: u64,
    aliases: u64,
    directives: u64,
    depth: u64,
}

impl Cost {
    /// Both, one after the other. Saturates: a bomb's true cost has hundreds of digits.
    fn beside(self, other: Self) -> Self {
        Self {
            nodes: self.nodes.saturating_add(other.nodes),
            fields: self.fields.saturating_add(other.fields),
            aliases: self.aliases.saturating_add(other.aliases),
            directives: self.directives.saturating_add(other.directives),
            depth: self.depth.max(other.depth),
        }
    }

    /// `inner` below a node that costs this by itself.
    fn around(self, inner: Self) -> Self {
        let depth = self.depth.saturating_add(inner.depth);
        Self { depth, ..self.beside(inner) }
    }
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    limits: &'a Limits,
    done: HashMap<&'a Name, Cost>,
    open: Vec<&'a Name>,
}

impl<'a> Walk<'a> {
    fn set(&mut self, set: &'a SelectionSet) -> Result<Cost, &'static str> {
        let mut sum = Cost::default();
        for item in &set.items {
            sum = sum.beside(self.selection(&item.node)?);
        }
        Ok(sum)
    }

    fn selection(&mut self, selection: &'a Selection) -> Result<Cost, &'static str> {
        let node = Cost { nodes: 1, ..Cost::default() };
        Ok(match selection {
            Selection::Field(field) => {
                let field = &field.node;
                let own = Cost {
                    fields: 1,
                    aliases: u64::from(field.alias.is_some()),
                    directives: count(&field.directives),
                    depth: 1,
                    ..node
                };
                own.around(self.set(&field.selection_set.node)?)
            }
            Selection::InlineFragment(inline) => {
                let own = Cost { directives: count(&inline.node.directives), ..node };
                own.around(self.set(&inline.node.selection_set.node)?)
            }
            Selection::FragmentSpread(spread) => {
                let own = Cost { directives: count(&spread.node.directives), ..node };
                own.around(self.fragment(&spread.node.fragment_name.node)?)
            }
        })
    }

    fn fragment(&mut self, name: &'a Name) -> Result<Cost, &'static str> {
        if let Some(cost) = self.done.get(name) {
            return Ok(*cost);
        }
        if self.open.contains(&name) {
            return Err("a fragment spreads itself");
        }
        if self.open.len() >= self.limits.nesting {
            return Err("fragments are nested too deep");
        }
        let Some(fragment) = self.document.fragments.get(name) else {
            // Validation says which one is missing.
            return Ok(Cost::default());
        };
        self.open.push(name);
        let own = Cost { directives: count(&fragment.node.directives), ..Cost::default() };
        let cost = own.around(self.set(&fragment.node.selection_set.node)?);
        self.open.pop();
        self.done.insert(name, cost);
        Ok(cost)
    }
}

fn count(directives: &[Positioned<Directive>]) -> u64 {
    directives.len() as u64
}
