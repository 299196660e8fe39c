import { isIP } from 'node:net';
import type { Actor } from '../common/actor.js';
import type { Circumstances, FactorChange, TemplatedMail } from '../mail/mail-template-values.js';
import { browserOf } from './browser-of.js';
import type { Notice } from './notice.js';

/** Whatever is not empty is said in a template's `{{#if}}`. */
const YES = 'yes';

type FactorNotice = Extract<Notice, { what: `factor-${string}` | `recovery-${string}` }>;

/** Who did it, when, and where its reader can do something about it. */
export interface NoticeFacts {
  readonly actor: Actor;
  /** In ms since 1970. */
  readonly at: number;
  /** A page of ours, without any token. */
  readonly link: string;
}

/** The mail that tells of `notice`. */
export function mailOf(notice: Notice, facts: NoticeFacts): TemplatedMail {
  const circumstances = circumstancesOf(notice, facts);
  const told = { ...circumstances, link: facts.link };
  switch (notice.what) {
    case 'email-changed':
    case 'account-erased':
      // Who reads it cannot sign in with this address any more: no link.
      return { template: notice.what, values: circumstances };
    case 'password-changed':
    case 'new-sign-in':
      return { template: notice.what, values: told };
    case 'identity-linked':
    case 'identity-unlinked': {
      const [linked, unlinked] = notice.what === 'identity-linked' ? [YES, ''] : ['', YES];
      const values = { ...told, linked, unlinked, provider: notice.provider };
      return { template: 'identity-changed', values };
    }
    case 'factor-added':
    case 'factor-removed':
    case 'recovery-codes-renewed':
    case 'recovery-code-used':
      return { template: 'factor-changed', values: { ...told, ...factorChangeOf(notice) } };
  }
}

function factorChangeOf(notice: FactorNotice): FactorChange {
  const { what } = notice;
  return {
    added: what === 'factor-added' ? YES : '',
    removed: what === 'factor-removed' ? YES : '',
    codesRenewed: what === 'recovery-codes-renewed' ? YES : '',
    codeUsed: what === 'recovery-code-used' ? YES : '',
    codesLeft: what === 'recovery-code-used' ? String(notice.left) : '',
  };
}

function circumstancesOf(notice: Notice, { actor, at }: NoticeFacts): Circumstances {
  if ('isByAuthority' in notice && notice.isByAuthority) {
    return { at, byAuthority: YES, address: '', browser: '' };
  }
  // A proxy may have put anything there.
  const address = isIP(actor.address) === 0 ? '' : actor.address;
  return { at, byAuthority: '', address, browser: browserOf(actor.userAgent).name };
}
