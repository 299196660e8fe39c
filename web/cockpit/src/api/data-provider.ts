import { HttpError, type DataProvider, type Identifier, type RaRecord, type UpdateParams } from 'react-admin';
import { ask, type Answer, type Method, type Question } from './ask.js';
import { Cursors, type CursorPage } from './cursors.js';
import { Creations } from './creations.js';
import { Problem } from './problem.js';
import { keyOfProblem, keyOfRule } from '../texts/words.js';
import { pathOf } from './resources.js';
import { creatable, updatable } from './writable.js';

type Fields = Readonly<Record<string, unknown>>;

const cursors = new Cursors();
const creations = new Creations();
/** The tag of each record when it was read, so that an edit does not undo somebody else's. */
const tags = new Map<string, string>();

/** The native API as react-admin asks for it. Lists are in the order that the server keeps them in. */
export const dataProvider: DataProvider = {
  getList: async (resource, { pagination = { page: 1, perPage: 25 }, filter }) => {
    const fixed = new URLSearchParams(filled(filter as Fields));
    fixed.set('limit', String(pagination.perPage));
    const page = await cursors.page<never>(`${resource}?${fixed}`, pagination.page, async (cursor) => {
      const query = new URLSearchParams(fixed);
      if (cursor !== null) query.set('cursor', cursor);
      return (await tell<CursorPage<never>>('GET', `${pathOf(resource)}?${query}`)).body;
    });
    const pageInfo = { hasNextPage: page.nextCursor !== null, hasPreviousPage: pagination.page > 1 };
    return { data: [...page.items], pageInfo };
  },
  getOne: async (resource, { id }) => ({ data: await read(resource, id) }),
  // What is gone is left out: whoever was erased still stands in the audit log.
  getMany: async (resource, { ids }) => ({
    data: (await Promise.all(ids.map((id) => readIfThere<never>(resource, id)))).flat(),
  }),
  getManyReference: (resource, { target, id, pagination, sort, filter, ...more }) =>
    dataProvider.getList(resource, {
      ...more,
      pagination,
      sort,
      filter: { ...(filter as object), [target]: id },
    }),
  create: async (resource, { data }) => {
    const path = pathOf(resource);
    const fields = creatable(resource, data as Fields);
    const headers = { 'idempotency-key': creations.keyOf(path, fields) };
    const { body } = await tell<never>('POST', path, { body: fields, headers });
    creations.forget();
    return { data: body };
  },
  update: async (resource, { id, data, previousData }: UpdateParams<RaRecord & Fields>) => ({
    data: await change<never>(resource, id, changed(data, previousData)),
  }),
  updateMany: async (resource, { ids, data }) => {
    for (const id of ids) await change(resource, id, data as Fields);
    return { data: ids };
  },
  delete: async (resource, { id, previousData }) => {
    await tell('DELETE', `${pathOf(resource)}/${encodeURIComponent(id)}`);
    return { data: previousData as never };
  },
  deleteMany: async (resource, { ids }) => {
    for (const id of ids) await tell('DELETE', `${pathOf(resource)}/${encodeURIComponent(id)}`);
    return { data: ids };
  },
};

async function read<R extends RaRecord>(resource: string, id: Identifier): Promise<R> {
  const path = `${pathOf(resource)}/${encodeURIComponent(id)}`;
  const answer = await tell<R>('GET', path);
  remember(path, answer);
  return answer.body;
}

async function readIfThere<R extends RaRecord>(resource: string, id: Identifier): Promise<R[]> {
  try {
    return [await read<R>(resource, id)];
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) return [];
    throw error;
  }
}

/** Changes a record as it was when it was read, which it is now where it never was. */
async function change<R extends RaRecord>(resource: string, id: Identifier, fields: Fields): Promise<R> {
  const path = `${pathOf(resource)}/${encodeURIComponent(id)}`;
  const body = updatable(resource, fields);
  if (!tags.has(path)) await read(resource, id);
  const tag = tags.get(path);
  const headers: Record<string, string> = tag === undefined ? {} : { 'if-match': tag };
  const answer = await tell<R>('PATCH', path, { body, headers });
  remember(path, answer);
  return answer.body;
}

function remember(path: string, { etag }: Answer<unknown>): void {
  if (etag === null) tags.delete(path);
  else tags.set(path, etag);
}

/** What was changed: fields that are the same are left out. */
function changed(data: Fields, before: Fields): Fields {
  const isOther = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(before[name]);
  return Object.fromEntries(Object.entries(data).filter(isOther));
}

function filled(filter: Fields = {}): Record<string, string> {
  const entries = Object.entries(filter).filter(
    ([, value]) => value !== undefined && value !== '' && value !== null,
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

/** The field of a form that a path of the body (`networks.0`) stands in. */
const headOf = (path: string): string => path.replace(/\..*$/, '');

/** Asks, and puts a refusal the way that forms take it: by field, in keys that are translated. */
async function tell<Body>(method: Method, path: string, question?: Question): Promise<Answer<Body>> {
  try {
    return await ask<Body>(method, path, question);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const faults = error.body.errors ?? [];
    const errors = Object.fromEntries(
      faults.map(({ path: field, rule }) => [headOf(field), keyOfRule(rule)]),
    );
    throw new HttpError(
      keyOfProblem(error.code, error.status),
      error.status,
      faults.length > 0 ? { errors } : {},
    );
  }
}
