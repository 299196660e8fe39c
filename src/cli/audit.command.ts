import { VerifyChain, type ChainFault, type ChainReport } from '../audit/verify-chain.service.js';
import type { Config } from '../config/config.js';
import { withGatehouse } from './command-app.js';
import { CommandFault } from './command-fault.js';
import type { Options } from './options.js';
import type { Outcome } from './outcome.js';

const WORDS: Readonly<Record<ChainFault['fault'], string>> = {
  'head-missing': 'the head of the chain is gone',
  'head-key-unknown': 'the head was made under a key that is not among SECRET_KEYS, or by somebody else',
  'head-forged': 'the head is not the one that Gatehouse wrote: seals were cut off or changed',
  'seal-missing': 'a seal is gone',
  'seals-beyond-head': 'seals follow that the head does not know of',
  'event-missing': 'the event is gone',
  'event-changed': 'the event or its seal was changed',
  'event-inserted': 'the event was not written by Gatehouse',
  'event-unsealed': 'the event waits for its seal for more than 10 seconds',
};

/**
 * `verify` walks the audit trail, also while a server runs, and tells the newest place of the chain with
 * its hash, or what does not fit: the exit code is 1 then. Changes nothing.
 */
export async function runAudit(
  config: Config,
  [verb, ...rest]: string[],
  { json }: Options,
): Promise<Outcome> {
  if (verb !== 'verify' || rest.length > 0) throw new CommandFault('use: gatehouse audit verify [--json]', 2);
  const report = await withGatehouse(config, (app) => app.get(VerifyChain).verify());
  return { text: json ? JSON.stringify(report) : inWords(report), exitCode: report.holds ? 0 : 1 };
}

function inWords({ holds, seq, hash, faults }: ChainReport): string {
  if (holds) return `The audit trail holds: ${seq} events, the newest seal is ${hash || 'none'}`;
  return ['The audit trail does NOT hold:', ...faults.map(inLine)].join('\n');
}

function inLine({ fault, seq, eventId }: ChainFault): string {
  const place = seq === null ? '' : ` at ${seq}`;
  return `  ${fault}${place}${eventId === null ? '' : ` (${eventId})`}: ${WORDS[fault]}`;
}
