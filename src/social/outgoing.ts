import { SECOND } from '../common/clock.js';
import { ProviderUnavailable } from './social.errors.js';

/** How long a provider may take for one answer. */
export const PATIENCE = 5 * SECOND;
const MOST_BYTES = 262_144;

/** What a provider answered; the whole text, of at most 256 KiB. */
export interface ProviderAnswer {
  readonly status: number;
  readonly text: string;
}

/**
 * Asks a provider and reads its whole answer, within 5 s. A redirect is followed nowhere.
 * @throws ProviderUnavailable for no answer, a late one, a redirect or one that is too long
 */
export async function ask(url: string, init: RequestInit): Promise<ProviderAnswer> {
  try {
    const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(PATIENCE) });
    return { status: response.status, text: await readBounded(response) };
  } catch (error) {
    throw new ProviderUnavailable({ cause: error });
  }
}

/** `fetch` for libraries that ask by themselves: the same bound on the answer. They keep the time. */
export async function boundedFetch(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  const { status, statusText, headers } = response;
  const hasBody = status !== 204 && status !== 304;
  return new Response(hasBody ? await readBounded(response) : null, { status, statusText, headers });
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array;
    size += bytes.length;
    if (size > MOST_BYTES) throw new Error('The answer is too long');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
