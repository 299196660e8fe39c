import { z } from 'zod';
import type { OpenIdProviderConfig } from './config.js';
import { exactHttpUrl } from './schema.js';

const NAMES = /^OIDC_([A-Z0-9]+)_([A-Z_]+)$/;
const PARTS = { ISSUER: exactHttpUrl(), CLIENT_ID: z.string(), CLIENT_SECRET: z.string() } as const;
type Part = keyof typeof PARTS;
/** The provider that is there without such variables. */
const RESERVED = 'TWITTER';

/**
 * The OpenID providers of the environment, in order of name: `OIDC_<NAME>_ISSUER`, `_CLIENT_ID` and
 * `_CLIENT_SECRET`, all three of each. Names of faulty variables are put into `faults`, without values.
 */
export function readOpenIdProviders(variables: NodeJS.ProcessEnv, faults: string[]): OpenIdProviderConfig[] {
  const names = new Set<string>();
  for (const variable of Object.keys(variables)) {
    if (!variable.startsWith('OIDC_') || !variables[variable]) continue;
    const [, name, part] = NAMES.exec(variable) ?? [];
    if (name === undefined || part === undefined || !Object.hasOwn(PARTS, part)) {
      faults.push(`${variable}: is no variable of an OpenID provider`);
    } else if (name === RESERVED) faults.push(`${variable}: Twitter is no OpenID provider`);
    else names.add(name);
  }
  return [...names].sort().map((name) => readProvider(name, variables, faults));
}

function readProvider(name: string, variables: NodeJS.ProcessEnv, faults: string[]): OpenIdProviderConfig {
  const read = (part: Part): string => {
    const variable = `OIDC_${name}_${part}`;
    const parsed = PARTS[part].safeParse(variables[variable] || undefined);
    if (parsed.success) return parsed.data;
    const isMissing = !variables[variable];
    faults.push(
      `${variable}: ${isMissing ? 'is missing' : (parsed.error.issues[0]?.message ?? 'is faulty')}`,
    );
    return '';
  };
  return {
    name: name.toLowerCase(),
    issuer: read('ISSUER'),
    clientId: read('CLIENT_ID'),
    clientSecret: read('CLIENT_SECRET'),
  };
}
