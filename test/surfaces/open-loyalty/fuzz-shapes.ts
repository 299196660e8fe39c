import type { Answer } from '../../support/api.js';
import { REFRESH } from './doors.js';

const LOGIN = /^\/api\/\w+\/login_check$/;

type Body = Readonly<Record<string, unknown>>;

/** What is wrong with an answer as one of document 003, or null: the shapes of its reference note 0. */
export function faultOf(answer: Answer, { path }: { readonly path: string }): string | null {
  const { status, body, headers } = answer;
  const type = headers.get('content-type') ?? '';
  if (status === 204) return body === '' ? null : 'a body with 204';
  if (type !== 'application/json; charset=utf-8') return `the content type ${type}`;
  if (status < 300) return isSuccess(body) ? null : 'none of the shapes of a success';
  const isSignIn = LOGIN.test(path) || path === REFRESH;
  if (isSignIn && ![401, 413, 415].includes(status)) return 'a faulty sign-in is 401';
  const given = body as Body;
  if (!isRefusal(given, status)) return 'none of the shapes of a refusal';
  const challenge = given['message'] === 'Invalid JWT Token' ? 'Bearer' : null;
  return headers.get('www-authenticate') === challenge ? null : 'another WWW-Authenticate';
}

/** Objects; a list after `revoke`, empty text where the note has no more to say. */
const isSuccess = (body: unknown): boolean =>
  body === '' || (isObject(body) && (!Array.isArray(body) || body.length === 0));

function isRefusal(body: Body, status: number): boolean {
  if (!isObject(body)) return false;
  if (hasOnly(body, 'form', 'errors')) return status === 400 && isTree(body);
  if (hasOnly(body, 'error')) return isError(body['error'], status);
  if (hasOnly(body, 'message')) return isText(body['message']);
  return hasOnly(body, 'code', 'message') && body['code'] === status && isText(body['message']);
}

function isError(error: unknown, status: number): boolean {
  if (isText(error)) return status === 400;
  return (
    isObject(error) &&
    hasOnly(error, 'code', 'message') &&
    error['code'] === status &&
    isText(error['message'])
  );
}

/** A form with at least one error, at a field or of its own. */
function isTree({ form, errors }: Body): boolean {
  if (!isObject(form) || !hasOnly(form, 'children') || !isObject(form['children'])) return false;
  const fields = Object.values(form['children']);
  const areFields = fields.every(
    (field) =>
      isObject(field) && (hasOnly(field) || (hasOnly(field, 'errors') && isTexts(field['errors'], 1))),
  );
  const hasFault = fields.some((field) => !hasOnly(field as Body)) || isTexts(errors, 1);
  return areFields && isTexts(errors, 0) && hasFault;
}

const isObject = (value: unknown): value is Body => typeof value === 'object' && value !== null;
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isTexts = (value: unknown, least: number): boolean =>
  Array.isArray(value) && value.length >= least && value.every(isText);

function hasOnly(body: Body, ...names: string[]): boolean {
  return Object.keys(body).sort().join() === names.sort().join();
}
