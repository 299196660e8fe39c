import { Composer, LineCounter, Parser, type CST, type Document, type ParsedNode } from 'yaml';
import { yamlFault } from './yaml-faults.js';

/** One document of a YAML text, with its faults instead of its value when it has any. */
export interface YamlDocument {
  /** Place in the text, from 1; empty documents count. */
  readonly index: number;
  /** Plain data; null for an empty document and for one with faults. */
  readonly value: unknown;
  readonly faults: readonly { readonly line?: number; readonly message: string }[];
}

/** Deeper than any manifest; far below where the parser's recursion ends the process. */
const MAX_NESTING = 32;
const MAX_ALIASES = 100;

// YAML 1.2 core and nothing else, whatever a %YAML directive says: no custom tags, no merge keys.
const OPTIONS = {
  schema: 'core',
  merge: false,
  resolveKnownTags: false,
  stringKeys: true,
  uniqueKeys: true,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/** Reads every document of a YAML text. Faults hold a line and nothing of the text itself. */
export function readYamlDocuments(text: string): YamlDocument[] {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const tooDeep = tokens.find(isNestedTooDeeply);
  if (tooDeep) {
    const index = tokens
      .slice(0, tokens.indexOf(tooDeep) + 1)
      .filter((token) => token.type === 'document').length;
    return [{ index, value: null, faults: [{ message: yamlFault('RESOURCE_EXHAUSTION') }] }];
  }
  const documents = [...new Composer(OPTIONS).compose(tokens)];
  return documents.map((document, position) => readDocument(document, position + 1, lines));
}

function readDocument(
  document: Document.Parsed<ParsedNode>,
  index: number,
  lines: LineCounter,
): YamlDocument {
  // A warning is a tag or directive that the parser would pass over: here nothing is passed over.
  const faults = [...document.errors, ...document.warnings].map(({ code, pos }) => ({
    line: lines.linePos(pos[0]).line,
    message: yamlFault(code),
  }));
  if (faults.length > 0) return { index, value: null, faults };
  try {
    return { index, value: document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown, faults };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const message = 'an alias names no anchor before it, or aliases are used too often';
    return { index, value: null, faults: [{ message }] };
  }
}

function isNestedTooDeeply(root: CST.Token): boolean {
  const open: { token: CST.Token; depth: number }[] = [{ token: root, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (depth > MAX_NESTING) return true;
    if (token.type === 'document' && token.value) open.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (key) open.push({ token: key, depth: depth + 1 });
      if (value) open.push({ token: value, depth: depth + 1 });
    }
  }
  return false;
}
