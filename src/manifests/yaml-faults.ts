import type { ErrorCode } from 'yaml';

/** What is wrong in the YAML itself. The parser's own sentences quote the text, which may be a secret. */
const SENTENCES: Partial<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias has a tag or an anchor of its own',
  BAD_ALIAS: 'an alias is written wrongly',
  BAD_DIRECTIVE: 'a % directive is unknown or written wrongly',
  BAD_DQ_ESCAPE: 'an unknown \\ escape stands in double quotes',
  BAD_INDENT: 'the indentation is wrong',
  BAD_SCALAR_START: 'a value begins with a reserved character: put it in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'a mapping stands where a simple value is due: put a value with ": " in it in quotes',
  DUPLICATE_KEY: 'a field is given twice in the same mapping',
  MISSING_CHAR: 'a quote, bracket, comma or space is missing',
  MULTILINE_IMPLICIT_KEY: 'a field name goes on over several lines: is a ": " missing?',
  NON_STRING_KEY: 'a field name is not plain text',
  RESOURCE_EXHAUSTION: 'the document is nested too deeply',
  TAB_AS_INDENT: 'a tab stands in the indentation',
  TAG_RESOLVE_FAILED: 'a ! tag is not allowed here, or does not fit its value',
  UNEXPECTED_TOKEN: 'something stands where it cannot: is a quote or a bracket missing?',
};

/** The sentence for a parser's code; it holds nothing of the text. */
export function yamlFault(code: ErrorCode): string {
  return SENTENCES[code] ?? `this is not valid YAML (${code})`;
}
