// Writes src/api/schema.ts: the types of schema.graphql and one typed document for each operation
// in src/**/*.graphql; and public/documents.json, by which a server knows those documents, with
// their names. Every script that needs them runs it; the files are never committed.
import { codegen } from '@graphql-codegen/core';
import * as documents from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse } from 'graphql';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = path => fileURLToPath(new URL(path, import.meta.url));
const schema = buildSchema(readFileSync(at('../../schema.graphql'), 'utf8'));
const files = readdirSync(at('../src'), { recursive: true }).filter(name =>
  name.endsWith('.graphql'),
);

const text = await codegen({
  filename: 'schema.ts',
  schema: parse('type Query { unused: Int }'),
  schemaAst: schema,
  documents: files.map(name => ({
    location: name,
    document: parse(readFileSync(at(`../src/${name}`), 'utf8')),
  })),
  config: {
    documentMode: 'string',
    enumType: 'string-literal',
    enumsAsTypes: true,
    skipTypename: true,
    useTypeImports: true,
    avoidOptionals: { field: true },
    scalars: {
      ID: 'string',
      DateTime: 'string',
      Date: 'string',
      UUID: 'string',
      SyncChunk: 'string',
    },
    strictScalars: true,
  },
  pluginMap: { operations, documents },
  plugins: [{ operations: {} }, { documents: {} }],
});
writeFileSync(at('../src/api/schema.ts'), text);

const operation = /export const \w+Document = new TypedDocumentString\(`([^`]*)`/g;
const texts = Array.from(text.matchAll(operation), ([, document]) => document);
const idOf = document => `sha256:${createHash('sha256').update(document).digest('hex')}`;
const known = Object.fromEntries(texts.map(document => [idOf(document), document]));
writeFileSync(at('../public/documents.json'), JSON.stringify(known));
