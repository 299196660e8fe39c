/** What 003 answers where there is nothing to tell: the JSON text of an empty string. */
export const EMPTY_TEXT = '""';
export const JSON_TYPE = 'application/json; charset=utf-8';
